package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.regex.Pattern;

/**
 * A text that the API's paths name a thing by: a tag, or the project of a member. The usual clients
 * put it into a path as it is, and their HTTP libraries then take dot segments away (RFC 3986,
 * section 5.2.4), end the path at {@code ?} and {@code #}, and decode escapes; what they ask for
 * would be another thing than was meant. So such a text is refused where it would come to be.
 */
public final class PathSegment {

  private static final Pattern UNSAFE =
      Pattern.compile("[/\\\\?#\\p{Cntrl}\\x80-\\x9f]|%\\p{XDigit}{2}");

  /** The same as one expression, in the part of the language that JSON Schema's readers share. */
  public static final String PATTERN =
      "^(?!\\.{1,2}$)(?=[\\s\\S]*\\S)((?!%[0-9a-fA-F]{2})[^/\\\\?#\\x00-\\x1f\\x7f-\\x9f])*$";

  private PathSegment() {}

  /**
   * Requires that a text can be part of a path.
   *
   * @param noun what it is, for the message
   * @throws Invalid if another path, or none, would be read instead
   */
  public static void require(String noun, String text) {
    if (text.isBlank() || text.equals(".") || text.equals("..") || UNSAFE.matcher(text).find()) {
      throw new Invalid(
          ("%s '%s' can't stand in a path: give one that is neither blank nor . nor .., without"
                  + " /, \\, ?, #, control characters, and escapes such as %%2F")
              .formatted(noun, text));
    }
  }
}
