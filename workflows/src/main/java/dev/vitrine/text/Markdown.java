package dev.vitrine.text;

/**
 * Text that somebody else chose, within Markdown. It goes into a code span: there nothing of it is
 * markup, and no renderer makes a fraction of an address or a smiley of a name.
 *
 * <p>Source: CommonMark 0.31, code spans: the fence is longer than any run of backticks inside, and
 * a space at either end is taken off where the content begins or ends with one.
 */
public final class Markdown {

  private Markdown() {}

  /** The value as a code span, in one line. */
  public static String code(Object value) {
    String text = Printable.escape(value.toString());
    if (text.isBlank()) {
      return "` `";
    }
    String fence = "`".repeat(longestRun(text) + 1);
    boolean padded = isEdge(text.charAt(0)) || isEdge(text.charAt(text.length() - 1));
    return padded ? fence + " " + text + " " + fence : fence + text + fence;
  }

  private static boolean isEdge(char character) {
    return character == '`' || character == ' ';
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int at = 0; at < text.length(); at++) {
      run = text.charAt(at) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
