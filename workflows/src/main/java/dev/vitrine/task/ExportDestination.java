package dev.vitrine.task;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where an export is written to, as text. People and programs read the names of files, in listings,
 * logs and terminals: a name with characters that aren't seen, or that turn what is seen around, is
 * none.
 */
public final class ExportDestination {

  /**
   * A file system's 255, less what the unfinished file's name has more: the task's id and two
   * words.
   */
  private static final int MOST_BYTES = 200;

  /** S3's 1,024, less what the name of the object that claims it has more. */
  private static final int MOST_BYTES_OF_OBJECT = 1000;

  private ExportDestination() {}

  /**
   * Requires a {@code file} URL with an absolute path, or an {@code s3} URL of an object, whose
   * names can be read.
   *
   * @throws Invalid saying what is wrong
   */
  public static void require(String destination) {
    String path = path(destination);
    path.codePoints()
        .filter(ExportDestination::isTrouble)
        .findFirst()
        .ifPresent(
            found -> {
              throw new Invalid(
                  "destination '%s' has the character U+%04X in its path, which can't be read in a name; choose another"
                      .formatted(Printable.escape(destination), found));
            });
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new Invalid(
          "destination '%s' names no file in a directory".formatted(Printable.escape(destination)));
    }
    int bytes = Excerpt.utf8(name);
    if (bytes > MOST_BYTES) {
      throw new Invalid(
          "destination '%s': its name has %d bytes; give at most %d"
              .formatted(Printable.escape(destination), bytes, MOST_BYTES));
    }
  }

  /** Whether it is an object in a bucket, of those that were required. */
  public static boolean isInBucket(String destination) {
    return destination.regionMatches(true, 0, "s3:", 0, "s3:".length());
  }

  /** The bucket that the object is in. */
  public static String bucket(String destination) {
    return URI.create(destination).getRawAuthority();
  }

  /** The object's name in its bucket. */
  public static String objectName(String destination) {
    return URI.create(destination).getPath().substring(1);
  }

  private static void requireObject(String destination, String path) {
    for (String part : path.substring(1).split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new Invalid(
            "destination '%s' has a part without a name of its own; give s3://BUCKET/PREFIX/NAME"
                .formatted(Printable.escape(destination)));
      }
    }
    int bytes = Excerpt.utf8(path);
    if (bytes > MOST_BYTES_OF_OBJECT) {
      throw new Invalid(
          "destination '%s': its path has %d bytes; give at most %d"
              .formatted(Printable.escape(destination), bytes, MOST_BYTES_OF_OBJECT));
    }
  }

  private static String path(String destination) {
    String reason = "give file:///DIRECTORY/NAME or s3://BUCKET/PREFIX/NAME";
    try {
      URI uri = new URI(destination);
      String path = uri.getPath();
      boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      if ("file".equalsIgnoreCase(uri.getScheme()) && path != null && plain) {
        return path;
      }
      boolean named = uri.getRawAuthority() != null && uri.getRawUserInfo() == null;
      if (isInBucket(destination) && named && path != null && path.length() > 1 && plain) {
        requireObject(destination, path);
        return path;
      }
    } catch (URISyntaxException e) {
      reason = e.getReason();
    }
    throw new Invalid(
        "destination '%s' is not a file or s3 URL: %s"
            .formatted(Printable.escape(destination), reason));
  }

  private static boolean isTrouble(int symbol) {
    return switch (Character.getType(symbol)) {
      // Line breaks and escapes; bidirectional marks and what has no width; halves of characters.
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      // What is no UTF-8 is decoded to this.
      default -> symbol == 0xFFFD;
    };
  }
}
