package dev.vitrine.worker;

import dev.vitrine.activity.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What an installation has in its directory: its registry, its store, sources and exports. */
final class InstallationFiles {

  private final Path directory;

  InstallationFiles(Path directory) throws IOException {
    this.directory = directory.toRealPath();
    Files.createDirectories(sources());
    Files.createDirectories(exports());
  }

  /** What a worker is set up with. */
  Map<String, String> environment() {
    return Map.of(
        "VITRINE_REGISTRY_URL",
        "jdbc:sqlite:" + directory.resolve("registry.db"),
        "VITRINE_STORES",
        "local=" + store(),
        "VITRINE_TRANSFER_SOURCE_ROOTS",
        sources().toString(),
        "VITRINE_TRANSFER_EXPORT_ROOTS",
        exports().toString(),
        "VITRINE_TRANSFER_MAX_IMAGE_SIZE",
        "1MiB",
        "VITRINE_TRANSFER_MAX_ATTEMPTS_WITHOUT_PROGRESS",
        "2",
        "VITRINE_WEB_SOURCES_ADDRESSES",
        "loopback",
        "VITRINE_WEB_SOURCES_PORTS",
        "",
        "VITRINE_RECONCILIATION_INTERVAL",
        "1h");
  }

  Path sources() {
    return directory.resolve("sources");
  }

  Path exports() {
    return directory.resolve("exports");
  }

  Path store() {
    return directory.resolve("store");
  }

  /** Takes the store's directory away, as when a disk is not mounted, and brings it back. */
  void whileTheStoreIsDown(ThrowingCallable body) throws Exception {
    Path elsewhere = directory.resolve("unmounted");
    Files.move(store(), elsewhere);
    try {
      body.call();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    } finally {
      Files.move(elsewhere, store());
    }
  }

  /** A file that may be uploaded. */
  Source.Url file(byte[] data) throws IOException {
    Path file = sources().resolve(UUID.randomUUID().toString());
    return new Source.Url(Files.write(file, data).toUri().toString());
  }

  /** Whatever lies in the store on behalf of an image, directories included. */
  List<Path> stored(UUID imageId) {
    try (Stream<Path> paths = Files.walk(store())) {
      return paths.filter(path -> path.toString().contains(imageId.toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file in the store, whole or partial. */
  List<Path> storedFiles() {
    try (Stream<Path> paths = Files.walk(store())) {
      return paths.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
