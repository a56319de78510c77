package dev.vitrine.text;

/**
 * The one form in which text that somebody else chose is written into a log, a history, a message
 * or a terminal: what could end a line, move the cursor, colour the screen, or turn the order of
 * what follows is written as an escape, {@code \n} or {@code \\u001b}. A backslash stays as it is,
 * so that text on its way through several places is the same after the first.
 *
 * <p>Source: the categories of Unicode (control, format, surrogate, private use, line and paragraph
 * separators); the bidirectional controls of UAX #9 are format characters.
 */
public final class Printable {

  private Printable() {}

  /** The text in one line, with everything escaped that may be taken for more than text. */
  public static String escape(String text) {
    return escape(text, false);
  }

  /** The same for text of several lines: line feeds and tabs stay, as in a stack trace. */
  public static String escapeLines(String text) {
    return escape(text, true);
  }

  private static String escape(String text, boolean ofLines) {
    if (text.codePoints().noneMatch(character -> isHidden(character, ofLines))) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            character -> {
              if (isHidden(character, ofLines)) {
                safe.append(escaped(character));
              } else {
                safe.appendCodePoint(character);
              }
            });
    return safe.toString();
  }

  private static String escaped(int character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          character <= Character.MAX_VALUE
              ? "\\u%04x".formatted(character)
              : "\\u{%x}".formatted(character);
    };
  }

  private static boolean isHidden(int character, boolean ofLines) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> !ofLines || (character != '\n' && character != '\t');
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
