package dev.vitrine.config;

import java.nio.file.Path;

/**
 * A store on a file system.
 *
 * @param path the directory the data is kept in
 */
public record FileStoreSettings(String name, Path path, int weight) implements StoreSettings {

  /** One that weighs nothing. */
  public FileStoreSettings(String name, Path path) {
    this(name, path, 0);
  }
}
