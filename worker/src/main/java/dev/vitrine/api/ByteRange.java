package dev.vitrine.api;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.HttpProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an image's data. Source: RFC 9110, section 14, by which other units than bytes are
 * passed over; and the reference, which answers 400 to several ranges and 416 to any other header
 * that it can't satisfy.
 *
 * @param first the place of its first byte
 * @param length at least 1
 */
record ByteRange(long first, long length) {

  private static final int NOT_SATISFIABLE = 416;
  private static final Pattern RANGES = Pattern.compile("([!#$%&'*+.^_`|~\\w-]+)[ \\t]*=(.*)");
  private static final Pattern FORM = Pattern.compile("(\\d*)-(\\d*)");

  /** Beyond any size, and no overflow when something is added. */
  private static final int DIGITS = 18;

  /**
   * The part that a header asks for; empty where there is none.
   *
   * @param size bytes of the whole data
   */
  static Optional<ByteRange> read(Optional<String> header, long size) {
    if (header.isEmpty()) {
      return Optional.empty();
    }
    String text = header.get();
    Matcher ranges = RANGES.matcher(text);
    if (!ranges.matches()) {
      throw notSatisfiable(text, size);
    }
    if (!ranges.group(1).equalsIgnoreCase("bytes")) {
      return Optional.empty();
    }
    List<String> parts =
        Arrays.stream(ranges.group(2).split(","))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
    if (parts.size() > 1) {
      throw new Invalid("Range '%s': give one range".formatted(text));
    }
    Matcher form = FORM.matcher(parts.isEmpty() ? "" : parts.get(0));
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      throw notSatisfiable(text, size);
    }
    long first;
    long last;
    if (form.group(1).isEmpty()) {
      first = Math.max(0, size - number(form.group(2)));
      last = size - 1;
    } else {
      first = number(form.group(1));
      last = form.group(2).isEmpty() ? size - 1 : Math.min(size - 1, number(form.group(2)));
    }
    if (first > last) {
      throw notSatisfiable(text, size);
    }
    return Optional.of(new ByteRange(first, last - first + 1));
  }

  /** However many digits there are. */
  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
  }

  /** The value of {@code Content-Range}. */
  String of(long size) {
    return "bytes %d-%d/%d".formatted(first, first + length - 1, size);
  }

  private static HttpProblem notSatisfiable(String text, long size) {
    return new HttpProblem(
        NOT_SATISFIABLE,
        "Range '%s': give one within the %d bytes that there are, bytes=0-99 or bytes=-100"
            .formatted(text, size),
        Map.of("Content-Range", "bytes */" + size));
  }
}
