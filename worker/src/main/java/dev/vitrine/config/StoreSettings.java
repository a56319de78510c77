package dev.vitrine.config;

import java.nio.file.Path;

/**
 * One store, on a file system: the only type there is.
 *
 * @param name as locations record it
 * @param path the directory the data is kept in
 */
public record StoreSettings(String name, Path path) {}
