package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.remote.ImageApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Measures how large data is moved by a server of this process, beside a bare loop: receive over
 * loopback, digest twice, each on a thread of its own, and write to a file. In each round every
 * kind of work has its turn, and is compared with the loop of that round, so that whatever else the
 * machine does hits all alike.
 */
public final class BytesBench {

  static final String LOOP = "bare loop, 1 stream";

  private static final long WARM_UP = 256 << 20;

  /** Files that were removed cost the system a moment more. */
  private static final long AFTERMATH_MILLIS = 200;

  private final ImageApi api;
  private final BytesPlan plan;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final Map<String, List<MovedBytes>> moved = new LinkedHashMap<>();

  /**
   * @param api of a server in this process that nobody else uses, and that asks for no token
   */
  public BytesBench(ImageApi api, BytesPlan plan) {
    this.api = api;
    this.plan = plan;
  }

  /**
   * Measures.
   *
   * @throws Unavailable if something does not answer
   */
  public BytesReport run() {
    try {
      plan.progress().accept("warm-up");
      try (BytesWork work = new BytesWork(api, Math.min(plan.size(), WARM_UP), plan)) {
        for (BytesWork.Kind kind : work.kinds()) {
          MovedBytes unused = work.move(kind);
        }
      }
      List<BytesWork.Kind> kinds;
      try (BytesWork work = new BytesWork(api, plan.size(), plan)) {
        kinds = work.kinds();
        rounds(work);
      }
      return new BytesReport(
          api.endpoint().toString(), cores, kinds.stream().map(this::row).toList());
    } catch (IOException e) {
      throw new Unavailable("the measurement broke: " + e);
    }
  }

  private void rounds(BytesWork work) throws IOException {
    List<BytesWork.Kind> kinds = work.kinds();
    for (int round = 0; round < plan.rounds(); round++) {
      for (int turn = 0; turn < kinds.size(); turn++) {
        // Nobody is always next to the same.
        BytesWork.Kind kind = kinds.get((turn + round) % kinds.size());
        plan.progress()
            .accept("round %d of %d: %s".formatted(round + 1, plan.rounds(), kind.name()));
        moved.computeIfAbsent(kind.name(), name -> new ArrayList<>()).add(work.move(kind));
        pause();
      }
    }
  }

  private BytesReport.Row row(BytesWork.Kind kind) {
    List<MovedBytes> ours = moved.getOrDefault(kind.name(), List.of());
    List<MovedBytes> loop = moved.getOrDefault(LOOP, List.of());
    double[] rates = new double[ours.size()];
    double[] cpus = new double[ours.size()];
    for (int round = 0; round < rates.length; round++) {
      MovedBytes one = ours.get(round);
      MovedBytes bare = loop.get(round);
      double compared =
          kind.limit().leastOfCores() == null ? bare.megabytesPerSecond() : allowed(bare);
      rates[round] = one.megabytesPerSecond() / compared;
      cpus[round] = one.cpuPerGigabyte() / bare.cpuPerGigabyte();
    }
    double cpu = median(ours, MovedBytes::cpuPerGigabyte);
    double rateRatio = median(rates);
    double cpuRatio = median(cpus);
    boolean isLoop = kind.name().equals(LOOP);
    boolean ofRate = kind.limit().leastOfLoop() != null || kind.limit().leastOfCores() != null;
    return new BytesReport.Row(
        kind.name(),
        median(ours, MovedBytes::megabytesPerSecond),
        cpu,
        median(ours, MovedBytes::clientsCpuPerGigabyte),
        ofRate ? Double.valueOf(rateRatio) : null,
        isLoop ? null : Double.valueOf(cpuRatio),
        kind.limit().words(),
        kind.limit().isKept(rateRatio, cpu, cpuRatio));
  }

  /** MB/s that all cores together could move if each byte cost what it costs in the loop. */
  private double allowed(MovedBytes loop) {
    return cores * 1e3 / (loop.cpuPerGigabyte() + loop.clientsCpuPerGigabyte());
  }

  private static double median(List<MovedBytes> all, ToDoubleFunction<MovedBytes> value) {
    return median(all.stream().mapToDouble(value).toArray());
  }

  private static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(AFTERMATH_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted");
    }
  }
}
