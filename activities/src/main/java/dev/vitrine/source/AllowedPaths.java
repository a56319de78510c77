package dev.vitrine.source;

import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The directories below which {@code file} URLs may lead. It is the real path that counts, with
 * symbolic links followed; about a path outside nothing is told, not even whether it exists.
 *
 * @param setting what an operator sets to allow more
 */
public record AllowedPaths(List<Path> roots, String setting) {

  /** The absolute path that a URL names, not looked at yet. */
  public static Path path(String url) {
    try {
      URI uri = URI.create(url);
      if ("file".equalsIgnoreCase(uri.getScheme())) {
        return Path.of(uri).normalize();
      }
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new Invalid("'%s' is not a file URL: %s".formatted(url, e.getMessage()));
    }
    throw new Invalid("'%s' is not a file URL".formatted(url));
  }

  /**
   * The real path.
   *
   * @throws Forbidden if it lies below none of the roots
   * @throws NotFound if it would but doesn't exist
   * @throws Unavailable if it would and can't be looked at, or its root is missing
   */
  public Path require(Path path) {
    try {
      Path real = path.toRealPath();
      for (Path root : roots) {
        if (Files.exists(root) && real.startsWith(root.toRealPath())) {
          return real;
        }
      }
    } catch (IOException e) {
      for (Path root : roots) {
        if (path.startsWith(root.toAbsolutePath().normalize())) {
          throw missing(path, root, e);
        }
      }
    }
    throw new Forbidden(
        "file://%s lies below none of the directories that %s allows; an operator can add one"
            .formatted(path, setting));
  }

  private static RuntimeException missing(Path path, Path root, IOException e) {
    if (!Files.isDirectory(root)) {
      return new Unavailable("directory %s is missing; mount it again".formatted(root));
    }
    return e instanceof NoSuchFileException
        ? new NotFound("file://%s does not exist".formatted(path))
        : new Unavailable("file://%s can't be looked at: %s".formatted(path, e.getMessage()));
  }
}
