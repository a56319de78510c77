package dev.vitrine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.file.FilesystemStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who else may use what is made; with the usual umask, everybody could read it. */
class OwnerOnlyTest {

  @TempDir Path directory;

  @BeforeEach
  void requirePosix() {
    assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aStoreIsItsOwnersAlone() throws IOException {
    Path root = directory.resolve("new/store");
    FilesystemStore store = new FilesystemStore("main", root);
    String key = UUID.randomUUID() + "/" + UUID.randomUUID();
    try (StoreWriter unfinished = store.create(UUID.randomUUID() + "/" + UUID.randomUUID());
        StoreWriter writer = store.create(key)) {
      unfinished.write(ByteBuffer.wrap(new byte[] {1}));
      writer.write(ByteBuffer.wrap(new byte[] {1, 2}));
      writer.publish();
      try (Stream<Path> all = Files.walk(directory.resolve("new"))) {
        assertThat(all.toList())
            .hasSizeGreaterThan(5)
            .allSatisfy(
                path ->
                    assertThat(mode(path))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
      }
    }
  }

  @Test
  void aRegistryIsItsOwnersAlone() throws IOException {
    String url = "jdbc:sqlite:" + directory.resolve("registry.db");
    try (Registry registry = Registries.open(RegistryConfig.of(url), Clock.systemUTC())) {
      assertThat(registry.tasks().find(UUID.randomUUID())).isEmpty();
      try (Stream<Path> all = Files.list(directory)) {
        assertThat(all.toList())
            .hasSize(3)
            .allSatisfy(file -> assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void saysWhatIsOpenToAllAlready() throws IOException {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path group = Files.createDirectory(directory.resolve("group"));
    Files.setPosixFilePermissions(group, PosixFilePermissions.fromString("rwxrwx---"));
    Logger logger = (Logger) LoggerFactory.getLogger(OwnerOnly.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      OwnerOnly.createDirectories(open);
      OwnerOnly.createDirectories(group);
    } finally {
      logger.detachAppender(log);
    }

    assertThat(List.copyOf(log.list))
        .singleElement()
        .satisfies(event -> assertThat(event.getFormattedMessage()).contains("chmod o= " + open));
    assertThat(mode(open)).isEqualTo("rwxr-xr-x");
  }
}
