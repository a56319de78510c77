package dev.vitrine.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as an argument: {@code 4096}, {@code 64MiB}, {@code 1GiB}. */
record ByteSize(long bytes) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*(?:([kmgt])(?:ib)?)?");

  static ByteSize of(String text) {
    Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'%s' is not a size: give bytes, or 4KiB, 64MiB, 1GiB".formatted(text));
    }
    String unit = matcher.group(2);
    int shift = unit == null ? 0 : 10 * ("kmgt".indexOf(unit) + 1);
    long number = Long.parseLong(matcher.group(1));
    if (number > Long.MAX_VALUE >> shift) {
      throw new TypeConversionException("'%s' is too large".formatted(text));
    }
    return new ByteSize(number << shift);
  }
}
