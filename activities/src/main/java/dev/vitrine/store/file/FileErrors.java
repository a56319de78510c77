package dev.vitrine.store.file;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file system's error means. */
final class FileErrors {

  private FileErrors() {}

  /**
   * The error of our own for a failed write or sync.
   *
   * @param owner whose file it is, for the message: {@code store 'main'}
   * @param path what could not be written
   * @param bytes how many were to be written; 0 if not known
   */
  static VitrineException writing(String owner, Path path, long bytes, IOException e) {
    if (saysFull(e) || hasNoRoom(path, bytes)) {
      return VitrineException.because(
          e,
          new StorageFull(
              "%s has no room left for %s: %s; free or add space"
                  .formatted(owner, path, reason(e))));
    }
    return unavailable(owner, path, e);
  }

  /** The error of our own for anything else. */
  static Unavailable unavailable(String owner, Path path, IOException e) {
    return VitrineException.because(
        e, new Unavailable("%s is unavailable at %s: %s".formatted(owner, path, reason(e))));
  }

  private static boolean saysFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("quota exceeded")
        || message.contains("file too large");
  }

  /** The system's words depend on the language of the machine; its numbers don't. */
  private static boolean hasNoRoom(Path path, long bytes) {
    Path directory = path.getParent();
    try {
      return bytes > 0
          && directory != null
          && Files.getFileStore(directory).getUsableSpace() < bytes;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static @Nullable String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    if (e instanceof FileSystemException fileSystem && fileSystem.getReason() != null) {
      return fileSystem.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
