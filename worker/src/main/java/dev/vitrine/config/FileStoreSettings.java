package dev.vitrine.config;

import java.nio.file.Path;

/**
 * A store on a file system.
 *
 * @param path the directory the data is kept in
 */
public record FileStoreSettings(String name, Path path) implements StoreSettings {}
