package dev.vitrine.embedded;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.files.OwnerOnly;
import dev.vitrine.process.SourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The key for query strings of sources that a stack keeps beside its data. */
public final class SourceKeyFile {

  private SourceKeyFile() {}

  /**
   * Makes the file with a new key, unless there is one with a key already.
   *
   * @throws Invalid if that can't be done
   */
  public static SourceKey keep(Path file) {
    try {
      OwnerOnly.createFileIfMissing(file);
      if (Files.size(file) == 0) {
        Files.writeString(file, SourceKey.made());
      }
    } catch (IOException e) {
      throw new Invalid("the key file %s can't be made: %s".formatted(file, e));
    }
    return SourceKey.read(file);
  }
}
