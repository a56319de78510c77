package dev.vitrine.store.file;

import java.nio.file.Path;

/**
 * One of a store's directories.
 *
 * @param priority data goes to the directory of the highest one that has room for it
 */
public record StoreDirectory(Path path, int priority) {}
