package dev.vitrine.embedded;

import dev.vitrine.image.HistoryEntry;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.StatusHistory;
import dev.vitrine.text.Printable;
import dev.vitrine.thread.DaemonThreads;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints each status of the images and tasks it was told of, as the registry's history has it. */
public final class StatusWatch implements AutoCloseable {

  private static final long PERIOD_MILLIS = 40;

  private final StatusHistory history;
  private final PrintWriter out;
  private final Map<UUID, Integer> printed = new HashMap<>();
  private final Map<UUID, String> names = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("vitrine-status-watch"));

  public StatusWatch(Registry registry, PrintWriter out) {
    this.history = registry.history();
    this.out = out;
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Watches one more.
   *
   * @param name what it is, as it is printed
   */
  synchronized void follow(UUID subject, String name) {
    names.put(subject, name);
  }

  /** Prints what is new. */
  synchronized void look() {
    names.forEach(
        (subject, name) -> {
          List<HistoryEntry> history = this.history.of(subject);
          for (HistoryEntry entry :
              history.subList(printed.getOrDefault(subject, 0), history.size())) {
            out.printf(
                "   %-5s %-36s %14s -> %-14s %s%n",
                name,
                subject,
                entry.from() == null ? "" : entry.from(),
                entry.to(),
                Printable.escape(entry.cause()));
          }
          out.flush();
          printed.put(subject, history.size());
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
    look();
  }
}
