package dev.vitrine.bench.durable;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a measurement found.
 *
 * @param server the Temporal server
 * @param registry where it is
 * @param counted the processes whose CPU counts
 * @param rows one for each kind of work, the floor first
 */
public record DurableReport(String server, String registry, List<String> counted, List<Row> rows) {

  public DurableReport {
    counted = List.copyOf(counted);
    rows = List.copyOf(rows);
  }

  /**
   * One kind of work. CPU is in milliseconds for one call, of all processes that count.
   *
   * @param cpuFirst of the first calls after the start; null if those were not measured
   * @param cpu when warm, the median of the rounds
   * @param cpuOfOthers the part of it that other processes took: Temporal's, the database's
   * @param perSecond calls
   * @param milliseconds one call's time, the median
   * @param ratio to the floor, or to what the limit names; the median of the rounds' ratios
   * @param limit in words; null if there is none
   * @param within whether it is kept; null if there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      String name,
      @Nullable Double cpuFirst,
      @Nullable Double cpu,
      @Nullable Double cpuOfOthers,
      @Nullable Double perSecond,
      double milliseconds,
      @Nullable Double ratio,
      @Nullable String limit,
      @Nullable Boolean within) {}
}
