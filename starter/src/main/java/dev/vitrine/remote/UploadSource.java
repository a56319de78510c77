package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ImageData;
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

  /**
   * Reads all of it.
   *
   * @throws Invalid if it can't be read, or only once
   */
  public ImageData measure() {
    if (!repeatable) {
      throw new Invalid("what can be read only once can't be measured beforehand");
    }
    DataDigests digests = new DataDigests();
    try (InputStream data = opener.open()) {
      byte[] buffer = new byte[256 * 1024];
      for (int read = data.read(buffer); read >= 0; read = data.read(buffer)) {
        digests.update(buffer, read);
      }
    } catch (IOException e) {
      throw new Invalid("the data can't be read: " + e);
    }
    return digests.finish();
  }

  /** A stream of any length, once. */
  public static UploadSource ofStream(InputStream stream) {
    return new UploadSource(() -> stream, null, false);
  }
}
