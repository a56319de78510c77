package dev.vitrine.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How arguments become ids, sizes and durations. */
final class Arguments {

  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(s|m|h|d)");

  private Arguments() {}

  static CommandLine register(CommandLine command) {
    return command
        .registerConverter(UUID.class, Arguments::uuid)
        .registerConverter(ByteSize.class, ByteSize::of)
        .registerConverter(Duration.class, Arguments::duration);
  }

  /** The JDK's parser also takes {@code 1-1-1-1-1}; a mistyped id must not become another one. */
  static UUID uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message.
    }
    throw new TypeConversionException(
        "'%s' is not an id: give a UUID, 8-4-4-4-12 lower-case hexadecimal digits".formatted(text));
  }

  static Duration duration(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Falls through to the one message.
    }
    throw new TypeConversionException(
        "'%s' is not a duration: give 90s, 30m, 24h, 7d or ISO 8601 (PT1H30M)".formatted(text));
  }
}
