package dev.vitrine.api;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.HttpProblem;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an image's data. Source: RFC 9110, section 14; and the reference, which answers 400 to
 * several ranges and 416 to any other header that it can't satisfy.
 *
 * @param first the place of its first byte
 * @param length at least 1
 */
record ByteRange(long first, long length) {

  private static final int NOT_SATISFIABLE = 416;
  private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

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
    if (text.contains(",")) {
      throw new Invalid("Range '%s': give one range".formatted(text));
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      throw notSatisfiable(text, size);
    }
    long first;
    long last;
    if (form.group(1).isEmpty()) {
      first = Math.max(0, size - Long.parseLong(form.group(2)));
      last = size - 1;
    } else {
      first = Long.parseLong(form.group(1));
      last = form.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(form.group(2)));
    }
    if (first > last) {
      throw notSatisfiable(text, size);
    }
    return Optional.of(new ByteRange(first, last - first + 1));
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
