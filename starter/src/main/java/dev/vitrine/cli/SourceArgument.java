package dev.vitrine.cli;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is given as data to bring in: a file here, or a URL. */
final class SourceArgument {

  private SourceArgument() {}

  /**
   * The URL of the data.
   *
   * @throws Invalid if it is no URL and no file that exists
   */
  static String toUrl(String fileOrUrl) {
    if (!Arguments.isUrl(fileOrUrl)) {
      Path path = Arguments.path(fileOrUrl);
      if (!Files.isRegularFile(path)) {
        throw new Invalid(
            "%s is no readable file. It is the worker that reads it: it must see the same path and"
                    .formatted(path)
                + " have its directory in its source roots. For a file that only the worker sees,"
                + " give its file: URL");
      }
    }
    return Arguments.toUrl(fileOrUrl);
  }

  /** The data's name: what stands after the last slash; null if nothing does. */
  static @Nullable String name(String url) {
    String path = URI.create(url).getPath();
    String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    return name.isBlank() ? null : name;
  }
}
