package dev.vitrine.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them. */
final class Units {

  static final String DURATION = "a whole number with ms, s, m, h or d, such as 30s or 48h";
  static final String SIZE = "a whole number with B, KiB, MiB, GiB, TiB or PiB, such as 64MiB";

  private static final Pattern DURATION_FORM = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");
  private static final Pattern SIZE_FORM = Pattern.compile("(\\d+)\\s*(B|[KMGTP]iB)?");

  /** Each is 1024 of the one before. */
  private static final List<String> SIZE_UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");

  private Units() {}

  /** Empty if the text is no duration, or one beyond what a {@code long} of milliseconds holds. */
  static Optional<Duration> duration(String text) {
    Matcher form = DURATION_FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(form.group(1));
      Duration duration =
          switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      // What counts in milliseconds downstream must not overflow there.
      return duration.toMillis() < 0 ? Optional.empty() : Optional.of(duration);
    } catch (ArithmeticException | NumberFormatException tooLong) {
      return Optional.empty();
    }
  }

  /** Bytes; empty if the text is no size, or one beyond what a {@code long} holds. */
  static OptionalLong size(String text) {
    Matcher form = SIZE_FORM.matcher(text.strip());
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    String unit = form.group(2) == null ? "B" : form.group(2);
    try {
      long bytes = Long.parseLong(form.group(1));
      return OptionalLong.of(Math.multiplyExact(bytes, 1L << (10 * SIZE_UNITS.indexOf(unit))));
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      return OptionalLong.empty();
    }
  }
}
