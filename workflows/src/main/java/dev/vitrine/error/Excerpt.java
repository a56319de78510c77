package dev.vitrine.error;

import org.jspecify.annotations.Nullable;

/**
 * Texts that others wrote, cut to what a message has room for: the beginning is kept, and {@code …}
 * marks the cut. Whatever quotes a value, a cause or an answer quotes it through here, because
 * there is a limit to all that carries messages.
 */
public final class Excerpt {

  /** Of one value in a message, in bytes. */
  public static final int VALUE = 200;

  /** Of a whole message, in bytes. */
  public static final int MESSAGE = 2_000;

  private static final String CUT = "…";

  private Excerpt() {}

  /** One value as a message quotes it. */
  public static String value(@Nullable Object value) {
    return of(String.valueOf(value), VALUE);
  }

  /** A whole message. */
  public static String message(@Nullable String message) {
    return of(String.valueOf(message), MESSAGE);
  }

  /**
   * The beginning of a text.
   *
   * @param bytes of UTF-8 that it has at most, with the mark; at least 3
   */
  public static String of(String text, int bytes) {
    if (text.length() <= bytes && utf8(text) <= bytes) {
      return text;
    }
    int left = bytes - utf8(CUT);
    int end = 0;
    while (end < text.length()) {
      int symbol = text.codePointAt(end);
      left -= utf8(symbol);
      if (left < 0) {
        break;
      }
      end += Character.charCount(symbol);
    }
    return text.substring(0, end) + CUT;
  }

  /** Bytes of a text in UTF-8. */
  public static int utf8(String text) {
    return text.codePoints().map(Excerpt::utf8).sum();
  }

  private static int utf8(int symbol) {
    if (symbol < 0x80) {
      return 1;
    }
    if (symbol < 0x800) {
      return 2;
    }
    return symbol < 0x10000 ? 3 : 4;
  }
}
