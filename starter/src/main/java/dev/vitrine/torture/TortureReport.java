package dev.vitrine.torture;

import java.util.List;
import java.util.Map;

/**
 * What came of it.
 *
 * @param seed that it can be asked for again with
 * @param work how many calls of each kind were answered how, {@code upload 204}
 * @param harm what was done, in its order
 * @param images how many ended in each status
 * @param tasks the same
 * @param violations what was promised and not kept, at most {@link #MOST}; none if all was
 */
public record TortureReport(
    long seed,
    Map<String, Integer> work,
    List<String> harm,
    Map<String, Integer> images,
    Map<String, Integer> tasks,
    List<String> violations) {

  static final int MOST = 100;

  public TortureReport {
    harm = List.copyOf(harm);
    violations = violations.stream().limit(MOST).toList();
  }

  /** One word for a script. */
  public String verdict() {
    return violations.isEmpty() ? "kept" : "VIOLATED";
  }
}
