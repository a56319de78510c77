package dev.vitrine.store.file;

import dev.vitrine.store.StoreKeys;
import dev.vitrine.store.SupportsListing.Listed;
import dev.vitrine.store.SupportsListing.Page;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of a directory that have keys for names, in the keys' order. A directory has none: each
 * page reads all its names, and remembers those it gives.
 *
 * @param suffix what some files have after their key, which isn't given
 */
record KeyFiles(Path root, String suffix) {

  /** Behind all that is in one image's directory: no character of a key comes after it. */
  private static final String ALL = "g";

  /**
   * A page of them.
   *
   * @throws IOException if the directory can't be read
   */
  Page page(@Nullable String after, int most) throws IOException {
    String from = after == null ? "" : after.substring(0, after.indexOf('/'));
    List<Listed> found = new ArrayList<>();
    TreeSet<String> images = images(from, most + 1);
    boolean more = images.size() > most;
    for (String image : images) {
      for (Listed each : filesOf(image, after)) {
        if (found.size() == most) {
          return new Page(found, found.get(most - 1).key());
        }
        found.add(each);
      }
    }
    return new Page(found, more ? images.last() + "/" + ALL : null);
  }

  /** The first of them, from that one on. */
  private TreeSet<String> images(String from, int most) throws IOException {
    TreeSet<String> first = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        if (StoreKeys.isPart(name) && name.compareTo(from) >= 0) {
          first.add(name);
          if (first.size() > most) {
            first.pollLast();
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return first;
  }

  private Iterable<Listed> filesOf(String image, @Nullable String after) throws IOException {
    TreeMap<String, Listed> files = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root.resolve(image))) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        String key = image + "/" + name.substring(0, name.length() - suffixOf(name));
        if (StoreKeys.isKey(key) && (after == null || key.compareTo(after) > 0)) {
          BasicFileAttributes file = attributes(each);
          if (file != null && file.isRegularFile()) {
            files.putIfAbsent(
                key, new Listed(key, file.size(), file.lastModifiedTime().toInstant()));
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException | NotDirectoryException e) {
      // It was removed meanwhile, or isn't ours.
    }
    return files.values();
  }

  private int suffixOf(String name) {
    return !suffix.isEmpty() && name.endsWith(suffix) ? suffix.length() : 0;
  }

  private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
