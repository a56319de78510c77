package dev.vitrine.torture;

import dev.vitrine.files.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store in a directory.
 *
 * @param path absolute
 */
record TortureDirectory(String name, Path path) implements TortureStore {

  void make() throws IOException {
    OwnerOnly.createDirectories(path);
  }

  @Override
  public String settings() {
    return "{name: %s, type: file, path: %s}".formatted(name, path);
  }

  @Override
  public Map<String, Long> contents() throws IOException {
    Map<String, Long> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(path.relativize(file).toString(), Files.size(file));
      }
    }
    return contents;
  }

  @Override
  public @Nullable InputStream open(String key) throws IOException {
    Path file = path.resolve(key);
    return Files.exists(file) ? Files.newInputStream(file) : null;
  }

  /**
   * As a disk that is unmounted, for a while. A file in its place keeps a process that starts
   * meanwhile from making the directory anew.
   */
  void takeAway(long millis) throws IOException, InterruptedException {
    Path aside = path.resolveSibling(path.getFileName() + ".away");
    Files.move(path, aside);
    try {
      Files.createFile(path);
      TimeUnit.MILLISECONDS.sleep(millis);
    } finally {
      Files.delete(path);
      Files.move(aside, path);
    }
  }
}
