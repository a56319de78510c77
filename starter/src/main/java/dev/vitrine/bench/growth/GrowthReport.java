package dev.vitrine.bench.growth;

import java.util.List;
import java.util.Map;

/**
 * What a measurement found.
 *
 * @param registry for people; without a password
 * @param counted whose CPU it is
 * @param rows in the order in which they were measured
 */
public record GrowthReport(String registry, List<String> counted, List<Row> rows) {

  public GrowthReport {
    counted = List.copyOf(counted);
    rows = List.copyOf(rows);
  }

  /**
   * One operation.
   *
   * @param cpu milliseconds of one call by the number of images, medians
   * @param ratio of the largest size to {@link GrowthPlan#BASE}
   */
  public record Row(String name, Map<Integer, Double> cpu, double ratio) {

    /** Whether it is within {@link GrowthPlan#LIMIT}. */
    public boolean within() {
      return ratio <= GrowthPlan.LIMIT;
    }
  }
}
