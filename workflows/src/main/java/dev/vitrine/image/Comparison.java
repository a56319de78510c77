package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a value compares with the one asked for. Names are Glance's. */
public enum Comparison {
  EQ,
  NEQ,
  GT,
  GTE,
  LT,
  LTE;

  /** The name in a request: {@code gte}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The reverse of {@link #wireName}.
   *
   * @throws Invalid naming those there are
   */
  public static Comparison of(String wireName) {
    return Arrays.stream(values())
        .filter(comparison -> comparison.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    "comparison '%s': give one of %s"
                        .formatted(
                            wireName,
                            Arrays.stream(values())
                                .map(Comparison::wireName)
                                .collect(Collectors.joining(", ")))));
  }
}
