package dev.vitrine.bench;

import java.util.List;

/**
 * What a measurement found.
 *
 * @param bench {@code api}, {@code upload} or {@code download}
 * @param server the API's base
 * @param reference the limits of this machine, measured in the same run
 * @param figures what was measured of the server
 */
public record BenchReport(
    String bench, String server, List<Figure> reference, List<Figure> figures) {

  public BenchReport {
    reference = List.copyOf(reference);
    figures = List.copyOf(figures);
  }
}
