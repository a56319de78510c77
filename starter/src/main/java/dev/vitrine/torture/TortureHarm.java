package dev.vitrine.torture;

import dev.vitrine.torture.TortureSource.Mood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does harm, one thing after the other, and starts again what has died. For one thread. */
final class TortureHarm {

  private static final Mood[] MOODS = Mood.values();

  private final TortureCluster cluster;
  private final TortureSource source;
  private final @Nullable Runnable restartRegistry;
  private final Random random;
  private final List<String> done = new ArrayList<>();

  TortureHarm(
      TortureCluster cluster, TortureSource source, @Nullable Runnable restartRegistry, long seed) {
    this.cluster = cluster;
    this.source = source;
    this.restartRegistry = restartRegistry;
    this.random = new Random(seed);
  }

  /** What was done, in its order. */
  List<String> done() {
    return List.copyOf(done);
  }

  /** Does one more thing, and waits a little. */
  void next() throws IOException, InterruptedException {
    ChildProcess worker = cluster.workers().get(random.nextInt(cluster.workers().size()));
    int kind = random.nextInt(11);
    long millis = 300L + random.nextInt(4000);
    switch (kind) {
      case 0, 1, 2 -> {
        note("kill -9 %s, away for %d ms".formatted(worker.name(), millis));
        worker.kill();
        pause(millis);
      }
      case 3 -> {
        note("SIGTERM to " + worker.name());
        worker.terminate();
      }
      case 4, 5 -> freeze(worker, millis);
      case 6 -> {
        note("kill -9 temporal, away for %d ms".formatted(millis));
        cluster.temporal().kill();
        pause(millis);
      }
      case 7 -> freeze(cluster.temporal(), millis);
      case 8 -> takeAway(random.nextBoolean() ? "main" : "second", millis);
      case 9 -> restartRegistry();
      default -> {
        Mood mood = MOODS[random.nextInt(MOODS.length)];
        note("the source: " + mood);
        source.become(mood);
        pause(millis);
        source.become(Mood.FINE);
      }
    }
    cluster.revive();
    pause(random.nextInt(3000));
  }

  private void freeze(ChildProcess process, long millis) throws InterruptedException {
    note("SIGSTOP to %s for %d ms".formatted(process.name(), millis));
    process.freeze();
    try {
      pause(millis);
    } finally {
      process.thaw();
    }
  }

  /**
   * As a disk that is unmounted. A file in its place keeps a process that starts meanwhile from
   * making the directory anew.
   */
  private void takeAway(String name, long millis) throws IOException, InterruptedException {
    note("store %s is away for %d ms".formatted(name, millis));
    Path store = cluster.store(name);
    Path aside = store.resolveSibling(store.getFileName() + ".away");
    Files.move(store, aside);
    try {
      Files.createFile(store);
      pause(millis);
    } finally {
      Files.delete(store);
      Files.move(aside, store);
    }
  }

  private void restartRegistry() {
    if (restartRegistry != null) {
      note("restart of PostgreSQL");
      restartRegistry.run();
    }
  }

  private void note(String what) {
    done.add(what);
  }

  private static void pause(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
  }
}
