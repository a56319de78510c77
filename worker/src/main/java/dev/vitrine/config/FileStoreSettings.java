package dev.vitrine.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A store on a file system.
 *
 * @param directories what the data is kept in: one, which is made if it is missing, or several,
 *     which have to be there
 * @param readOnly whether it takes no data and gives none up
 */
public record FileStoreSettings(
    String name, List<Directory> directories, int weight, boolean readOnly)
    implements StoreSettings {

  /**
   * One of a store's directories.
   *
   * @param priority data goes to the directory of the highest one that has room for it
   */
  public record Directory(Path path, int priority) {}

  public FileStoreSettings {
    directories = List.copyOf(directories);
  }

  /** In one directory; it weighs nothing, and takes data. */
  public FileStoreSettings(String name, Path path) {
    this(name, List.of(new Directory(path, 0)), 0, false);
  }
}
