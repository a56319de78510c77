package dev.vitrine.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of large data's rate and CPU.
 *
 * @param leastOfLoop the rate, as a part of the bare loop's
 * @param leastOfCores the rate, as a part of what the cores allow if a byte takes the CPU that it
 *     takes in the loop and its client
 * @param mostOfLoop the CPU, as a multiple of the loop's
 * @param mostCpu CPU seconds for a GB
 */
record BytesLimit(
    @Nullable Double leastOfLoop,
    @Nullable Double leastOfCores,
    @Nullable Double mostOfLoop,
    @Nullable Double mostCpu) {

  static final BytesLimit NONE = new BytesLimit(null, null, null, null);

  /** For people; null if there is none. */
  @Nullable String words() {
    List<String> words = new ArrayList<>();
    add(words, "rate at least %s x the loop's", leastOfLoop);
    add(words, "rate at least %s x what the cores allow", leastOfCores);
    add(words, "CPU at most %s x the loop's", mostOfLoop);
    add(words, "CPU at most %s s/GB", mostCpu);
    return words.isEmpty() ? null : String.join(", ", words);
  }

  private static void add(List<String> words, String form, @Nullable Double number) {
    if (number != null) {
      words.add(form.formatted(number));
    }
  }

  /**
   * Whether it is kept; null if there is none.
   *
   * @param rateRatio to what the limit compares with
   * @param cpu in seconds for a GB
   * @param cpuRatio to the loop's
   */
  @Nullable Boolean isKept(double rateRatio, double cpu, double cpuRatio) {
    if (words() == null) {
      return null;
    }
    return (leastOfLoop == null || rateRatio >= leastOfLoop)
        && (leastOfCores == null || rateRatio >= leastOfCores)
        && (mostOfLoop == null || cpuRatio <= mostOfLoop)
        && (mostCpu == null || cpu <= mostCpu);
  }
}
