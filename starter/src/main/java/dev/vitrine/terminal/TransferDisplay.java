package dev.vitrine.terminal;

import dev.vitrine.remote.TransferListener;
import dev.vitrine.task.Progress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows a transfer that this process does itself, now and then. For one thread at a time. */
public final class TransferDisplay implements TransferListener {

  private static final Duration PERIOD = Duration.ofMillis(500);

  private final ProgressDisplay display;
  private final String step;
  private final LongSupplier nanos;
  private long startedAt;
  private long startedWith = -1;
  private long shownAt;

  /**
   * @param step what is done: {@code upload}, {@code download}
   */
  public TransferDisplay(ProgressDisplay display, String step) {
    this(display, step, System::nanoTime);
  }

  /**
   * @param nanos a clock of nanoseconds
   */
  TransferDisplay(ProgressDisplay display, String step, LongSupplier nanos) {
    this.display = display;
    this.step = step;
    this.nanos = nanos;
  }

  @Override
  public void transferred(long bytes, @Nullable Long total) {
    long now = nanos.getAsLong();
    if (startedWith < 0) {
      startedWith = bytes;
      startedAt = now;
    } else if (now - shownAt < PERIOD.toNanos() && !isAll(bytes, total)) {
      return;
    }
    shownAt = now;
    display.show(new Progress(step, bytes, total, rate(bytes, now), 1));
  }

  private long rate(long bytes, long now) {
    double seconds = (now - startedAt) / 1e9;
    return seconds <= 0 ? 0 : (long) ((bytes - startedWith) / seconds);
  }

  private static boolean isAll(long bytes, @Nullable Long total) {
    return total != null && bytes == total;
  }
}
