package dev.vitrine.backend;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is given as data to bring in: a file here, or a URL. */
public final class SourceArgument {

  private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");

  private SourceArgument() {}

  /** Whether it is a URL, of any scheme. */
  public static boolean isUrl(String text) {
    return URL.matcher(text).matches();
  }

  /** A file's absolute {@code file} URL; a URL as it is. */
  public static String toUrl(String fileOrUrl) {
    return isUrl(fileOrUrl) ? fileOrUrl : path(fileOrUrl).toUri().toString();
  }

  /** A file's absolute path. */
  public static Path path(String file) {
    return Path.of(file).toAbsolutePath().normalize();
  }

  /**
   * The URL of data that is there.
   *
   * @throws Invalid if it is no URL and no file that exists
   */
  public static String toReadableUrl(String fileOrUrl) {
    if (!isUrl(fileOrUrl)) {
      Path path = path(fileOrUrl);
      if (!Files.isRegularFile(path)) {
        throw new Invalid(
            "%s is no readable file. It is the worker that reads it: it must see the same path and"
                    .formatted(path)
                + " have its directory in its source roots. For a file that only the worker sees,"
                + " give its file: URL");
      }
    }
    return toUrl(fileOrUrl);
  }

  /** The data's name: what stands after the last slash; null if nothing does. */
  static @Nullable String name(String url) {
    String path = URI.create(url).getPath();
    String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    return name.isBlank() ? null : name;
  }
}
