package dev.vitrine.config;

import java.nio.file.Path;

/**
 * A store on a file system.
 *
 * @param path the directory the data is kept in
 * @param readOnly whether it takes no data and gives none up
 */
public record FileStoreSettings(String name, Path path, int weight, boolean readOnly)
    implements StoreSettings {

  /** One that weighs nothing, and takes data. */
  public FileStoreSettings(String name, Path path) {
    this(name, path, 0, false);
  }
}
