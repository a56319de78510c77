package dev.vitrine.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One number of a report.
 *
 * @param name of what was measured
 * @param unit of the value: MB is a million bytes, GB a thousand million
 * @param ratio the value divided by that of the reference; null if there is none
 * @param of the name of the reference
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Figure(
    String name, double value, String unit, @Nullable Double ratio, @Nullable String of) {

  static Figure of(String name, double value, String unit) {
    return new Figure(name, value, unit, null, null);
  }

  /** The same in proportion to a reference of the same unit. */
  Figure against(Figure reference) {
    return new Figure(
        name,
        value,
        unit,
        reference.value() == 0 ? null : Double.valueOf(value / reference.value()),
        reference.name());
  }
}
