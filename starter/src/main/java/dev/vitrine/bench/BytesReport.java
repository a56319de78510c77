package dev.vitrine.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a measurement of large data found.
 *
 * @param server the API's base
 * @param cores of this machine
 * @param rows one for each kind of work, the bare loop first
 */
public record BytesReport(String server, int cores, List<Row> rows) {

  public BytesReport {
    rows = List.copyOf(rows);
  }

  /**
   * One kind of work; every number is the median of the rounds. MB are millions of bytes, GB
   * thousand millions.
   *
   * @param megabytesPerSecond by the clock on the wall
   * @param cpuPerGigabyte CPU seconds of all processes, without the threads that play clients and
   *     sources
   * @param clientsCpuPerGigabyte of those threads
   * @param rateRatio the rate divided by what the limit compares it with, in the same round
   * @param cpuRatio the CPU divided by the loop's of the same round
   * @param limit in words; null if there is none
   * @param within whether it is kept; null if there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      String name,
      double megabytesPerSecond,
      double cpuPerGigabyte,
      double clientsCpuPerGigabyte,
      @Nullable Double rateRatio,
      @Nullable Double cpuRatio,
      @Nullable String limit,
      @Nullable Boolean within) {}
}
