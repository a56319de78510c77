package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Data to send.
 *
 * @param opener opens it at its beginning
 * @param length bytes; null if not known, and it is sent in chunks then
 * @param repeatable whether it can be opened more than once
 */
public record UploadSource(Opener opener, @Nullable Long length, boolean repeatable) {

  /** Opens data; the reader closes it. */
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }

  /**
   * A file, which must not change meanwhile.
   *
   * @throws Invalid if there is no such file
   */
  public static UploadSource ofFile(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return new UploadSource(() -> Files.newInputStream(file), Files.size(file), true);
      }
    } catch (IOException e) {
      // Falls through to the one message.
    }
    throw new Invalid("%s is no readable file; nothing was sent".formatted(file));
  }

  /** A stream of any length, once. */
  public static UploadSource ofStream(InputStream stream) {
    return new UploadSource(() -> stream, null, false);
  }
}
