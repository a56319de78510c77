package dev.vitrine.bench.durable;

import dev.vitrine.bench.Cpu;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What some calls of one kind took.
 *
 * @param seconds by the clock on the wall, until the last one was answered
 * @param cpu until nothing of them went on
 * @param nanos of each, sorted
 */
record Batch(double seconds, Cpu.Reading cpu, List<Long> nanos) {

  private static final double MILLI = 1e3;

  Batch {
    nanos = nanos.stream().sorted().toList();
  }

  int calls() {
    return nanos.size();
  }

  /** CPU milliseconds of one call, of all processes. */
  double cpuMillis() {
    return (cpu.here() + cpu.elsewhere()) * MILLI / calls();
  }

  /** The part of it that other processes took. */
  double cpuMillisElsewhere() {
    return cpu.elsewhere() * MILLI / calls();
  }

  double perSecond() {
    return calls() / seconds;
  }

  /** The median time of a call. */
  double millis() {
    return nanos.get(calls() / 2) / 1e6;
  }

  /** The median of numbers; null of none. */
  static @Nullable Double median(double[] numbers) {
    if (numbers.length == 0) {
      return null;
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
