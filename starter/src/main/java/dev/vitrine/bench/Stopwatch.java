package dev.vitrine.bench;

import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the time and the CPU of something. */
final class Stopwatch {

  private static final double NANO = 1e-9;

  private final Supplier<@Nullable Double> cpuSeconds;
  private final @Nullable Double cpuAtStart;
  private final long startedAt = System.nanoTime();

  private Stopwatch(Supplier<@Nullable Double> cpuSeconds) {
    this.cpuSeconds = cpuSeconds;
    this.cpuAtStart = cpuSeconds.get();
  }

  /** Begins, with the CPU of a server. */
  static Stopwatch of(ServerProcesses processes) {
    return new Stopwatch(processes::cpuSeconds);
  }

  /** Begins, with the CPU of the thread that calls. */
  static Stopwatch ofThisThread() {
    return new Stopwatch(
        () -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * NANO);
  }

  /** Ends. */
  Phase stop(long amount) {
    double seconds = (System.nanoTime() - startedAt) * NANO;
    Double cpuNow = cpuSeconds.get();
    return new Phase(
        seconds, cpuNow == null || cpuAtStart == null ? null : cpuNow - cpuAtStart, amount);
  }
}
