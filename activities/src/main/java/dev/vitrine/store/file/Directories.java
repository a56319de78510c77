package dev.vitrine.store.file;

import dev.vitrine.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a store does with the directories below its own. */
final class Directories {

  private Directories() {}

  /** One level only: it must not bring back a root that vanished. */
  static void create(Path directory) throws IOException {
    try {
      OwnerOnly.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /**
   * Removes it, unless something lies in it.
   *
   * @param owner whose it is, for messages: {@code store 'main'}
   */
  static void removeIfEmpty(String owner, Path directory) {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // Another location of the same image lies there.
    } catch (IOException e) {
      throw FileErrors.unavailable(owner, directory, e);
    }
  }

  /** Whether it is there, with something in it. */
  static boolean hasEntries(Path directory) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      return all.iterator().hasNext();
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  /** The one that a path lies in. */
  static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException(path + " lies in no directory");
    }
    return parent;
  }
}
