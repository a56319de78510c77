package dev.vitrine.torture;

import dev.vitrine.torture.TortureSource.Mood;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does harm, one thing after the other, and starts again what has died. For one thread. */
final class TortureHarm {

  private static final Mood[] MOODS = Mood.values();

  /** Bytes of a file; none of the large ones has room. */
  private static final long FULL = 1 << 20;

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
    ChildProcess worker = any(cluster.workers());
    int kind = random.nextInt(16);
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
      case 8 -> {
        TortureDirectory store = any(cluster.directories());
        note("store %s is away for %d ms".formatted(store.name(), millis));
        store.takeAway(millis);
      }
      case 9 -> restartRegistry();
      case 10 -> {
        note("%s finds its disks full for %d ms".formatted(worker.name(), millis));
        if (worker.limitFiles(FULL)) {
          pause(millis);
          worker.limitFiles(null);
        }
      }
      case 11, 12 -> disturb(any(cluster.links()), millis);
      case 13, 14 -> {
        TortureBucket bucket = cluster.bucket();
        disturb(bucket == null ? any(cluster.links()) : bucket.link(), millis);
      }
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

  private <T> T any(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  /** Between two processes, or one and a store. */
  private void disturb(TortureLink link, long millis) throws InterruptedException {
    switch (random.nextInt(3)) {
      case 0 -> {
        note("%s: connections are cut".formatted(link.name()));
        link.cut();
      }
      case 1 -> disturb(link, TortureLink.Mood.HANGS, millis);
      default -> disturb(link, TortureLink.Mood.REFUSES, millis);
    }
  }

  private void disturb(TortureLink link, TortureLink.Mood mood, long millis)
      throws InterruptedException {
    note("%s: %s for %d ms".formatted(link.name(), mood, millis));
    link.become(mood);
    try {
      pause(millis);
    } finally {
      link.become(TortureLink.Mood.FINE);
    }
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
