package dev.vitrine.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.ResumedWriter;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemStoreTest {

  @TempDir private Path directory;

  private final String image = UUID.randomUUID().toString();
  private final String key = image + "/" + UUID.randomUUID();
  private Path root;
  private FilesystemStore store;

  @BeforeEach
  void make() {
    root = directory.resolve("deep/root");
    store = new FilesystemStore("main", root);
  }

  @Test
  void publishesWhatWasWritten() throws IOException {
    try (StoreWriter writer = store.create(key)) {
      writer.write(bytes("hello "));
      writer.write(bytes("world"));
      assertThat(writer.position()).isEqualTo(11);
      assertThat(store.size(key)).isEmpty();
      assertThat(store.confirm(key)).isFalse();
      writer.publish();
    }
    assertThat(store.size(key)).hasValue(11);
    assertThat(store.confirm(key)).isTrue();
    assertThat(read(store.open(key))).isEqualTo("hello world");
    assertThat(read(store.open(key, 6))).isEqualTo("world");
    assertThat(files()).containsExactly(root.resolve(key));
    assertThat(root.resolve(".partial").resolve(image)).doesNotExist();
  }

  @Test
  void keepsUnfinishedDataApartAndGoesOnWithIt() throws IOException {
    try (StoreWriter writer = store.create(key)) {
      writer.write(bytes("hello cruel"));
      writer.sync();
    }
    assertThat(store.unfinished(key)).isEqualTo(11);
    assertThatThrownBy(() -> store.open(key)).isInstanceOf(NotFound.class);

    try (ResumedWriter writer = store.resume(key, 6)) {
      ByteBuffer before = ByteBuffer.allocate(3);
      assertThat(writer.readBack(before, 2)).isEqualTo(3);
      assertThat(new String(before.array(), UTF_8)).isEqualTo("llo");
      assertThat(writer.position()).isEqualTo(6);
      writer.write(bytes("world"));
      writer.publish();
    }
    assertThat(read(store.open(key))).isEqualTo("hello world");
  }

  @Test
  void beginsAnewWhereNothingIsToBeGoneOnWith() throws IOException {
    leaveUnfinished("something long");
    try (StoreWriter writer = store.create(key)) {
      writer.write(bytes("short"));
      writer.publish();
    }
    assertThat(read(store.open(key))).isEqualTo("short");
  }

  @Test
  void doesNotGoOnFromMoreThanThereIs() {
    leaveUnfinished("12345");
    assertThatThrownBy(() -> store.resume(key, 6).close())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("has 5 bytes, fewer than the 6");
    String other = image + "/" + UUID.randomUUID();
    assertThatThrownBy(() -> store.resume(other, 6).close()).isInstanceOf(Unavailable.class);
  }

  @Test
  void letsNoSecondWriterNear() {
    try (StoreWriter first = store.create(key)) {
      first.write(bytes("mine"));
      FilesystemStore same = new FilesystemStore("again", root);
      assertThatThrownBy(() -> same.create(key).close())
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("another attempt still writes");
      assertThatThrownBy(() -> same.resume(key, 1).close()).isInstanceOf(Unavailable.class);
      assertThat(store.unfinished(key)).isEqualTo(4);
    }
    store.resume(key, 4).close();
  }

  @Test
  void readsFromAnywhere() {
    publish("hello world");
    try (StoreReader reader = store.reader(key)) {
      assertThat(reader.size()).isEqualTo(11);
      assertThat(read(reader, 6, 3)).isEqualTo("wor");
      assertThat(read(reader, 0, 5)).isEqualTo("hello");
      assertThat(read(reader, 9, 5)).isEqualTo("ld");
      assertThat(reader.read(ByteBuffer.allocate(1), 11)).isEqualTo(-1);
    }
  }

  @Test
  void readsOnWhileTheDataIsDeleted() {
    publish("hello world");
    try (StoreReader reader = store.reader(key)) {
      store.delete(key);
      assertThat(reader.size()).isEqualTo(11);
      assertThat(read(reader, 6, 5)).isEqualTo("world");
    }
    assertThatThrownBy(() -> store.reader(key).close())
        .isInstanceOf(NotFound.class)
        .hasMessage("store 'main' has nothing under " + key);
  }

  @Test
  void readsNothingWithAReaderThatIsClosed() {
    publish("hello world");
    StoreReader reader = store.reader(key);
    reader.close();
    assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), 0))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void writesAndReadsBackMoreThanItHandsOnAtOnce() throws IOException {
    byte[] data = new byte[200_001];
    new Random(1).nextBytes(data);
    ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data).flip();
    try (StoreWriter writer = store.create(key)) {
      writer.write(ByteBuffer.wrap(data, 0, 100_001));
      writer.write(direct.position(100_001));
      writer.sync();
    }
    try (ResumedWriter writer = store.resume(key, data.length)) {
      ByteBuffer back = ByteBuffer.allocate(data.length + 1);
      assertThat(writer.readBack(back, 0)).isEqualTo(data.length);
      assertThat(back.flip()).isEqualTo(ByteBuffer.wrap(data));
      assertThat(writer.readBack(ByteBuffer.allocateDirect(5), data.length - 2)).isEqualTo(2);
      assertThat(writer.readBack(ByteBuffer.allocate(1), data.length)).isEqualTo(-1);
      writer.publish();
    }
    assertThat(root.resolve(key)).hasBinaryContent(data);
  }

  private static String read(StoreReader reader, long position, int most) {
    ByteBuffer into = ByteBuffer.allocateDirect(most);
    reader.read(into, position);
    return UTF_8.decode(into.flip()).toString();
  }

  @Test
  void writesNothingUnderAPublishedKey() throws IOException {
    publish("done");
    assertThatThrownBy(() -> store.create(key).close()).isInstanceOf(Conflict.class);
    assertThat(read(store.open(key))).isEqualTo("done");
  }

  @Test
  void deletesWhateverThereIs() {
    store.delete(key);
    leaveUnfinished("half");
    store.delete(key);
    assertThat(root).isDirectoryNotContaining(path -> !path.endsWith(".partial"));
    assertThat(root.resolve(".partial")).isEmptyDirectory();
    publish("whole");
    store.delete(key);
    store.delete(key);
    assertThat(root).isDirectoryNotContaining(path -> !path.endsWith(".partial"));
  }

  @Test
  void publishesNothingThatWasDeletedMeanwhile() {
    try (StoreWriter writer = store.create(key)) {
      writer.write(bytes("late"));
      store.delete(key);
      assertThatThrownBy(writer::publish)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("was removed while it was written");
    }
    assertThat(store.size(key)).isEmpty();
    assertThat(root.resolve(image)).doesNotExist();
  }

  @Test
  void publishesNothingInTheNameOfItsSuccessor() {
    StoreWriter late = store.create(key);
    late.write(bytes("late"));
    store.delete(key);
    // The lock went with the file, as it does when the late writer's process is another one.
    leaveUnfinishedByHand("new");
    assertThatThrownBy(late::publish).isInstanceOf(Unavailable.class);
    late.discard();
    assertThat(store.unfinished(key)).isEqualTo(3);
  }

  @Test
  void discardsUnfinishedData() {
    StoreWriter writer = store.create(key);
    writer.write(bytes("nobody wants it"));
    writer.discard();
    assertThat(store.unfinished(key)).isZero();
    assertThat(root.resolve(".partial")).isEmptyDirectory();
  }

  @Test
  void leavesNothingBehindOnAFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Path partial = root.resolve(".partial").resolve(key);
    Files.createDirectories(root.resolve(".partial").resolve(image));
    Files.createSymbolicLink(partial, full);

    try (StoreWriter writer = store.create(key)) {
      assertThatThrownBy(() -> writer.write(bytes("too much")))
          .isInstanceOf(StorageFull.class)
          .hasMessageContaining("store 'main' has no room left");
    }
    assertThat(root.resolve(".partial")).isEmptyDirectory();
  }

  @Test
  void writesWhileInterrupted() throws IOException {
    try (StoreWriter writer = store.create(key)) {
      Thread.currentThread().interrupt();
      writer.write(bytes("all the same"));
      writer.sync();
      assertThat(Thread.interrupted()).isTrue();
      writer.publish();
    }
    assertThat(read(store.open(key))).isEqualTo("all the same");
  }

  @Test
  void doesNotBringBackARootThatVanished() throws IOException {
    Files.delete(root.resolve(".partial"));
    assertUnavailable();
    // An empty directory where the disk was mounted.
    assertThat(root).isEmptyDirectory();
    Files.delete(root);
    assertUnavailable();
    assertThat(root).doesNotExist();
  }

  @Test
  void isUnavailableWhereItsRootIsNoDirectory() throws IOException {
    Files.delete(root.resolve(".partial"));
    Files.delete(root);
    Files.writeString(root, "a file");
    assertUnavailable();
    assertThatThrownBy(() -> new FilesystemStore("main", root))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("store 'main'")
        .hasMessageContaining(root.toString());
  }

  private void assertUnavailable() {
    for (Runnable call :
        List.<Runnable>of(
            () -> store.create(key).close(),
            () -> store.resume(key, 1).close(),
            () -> store.size(key),
            () -> store.unfinished(key),
            () -> store.confirm(key),
            () -> store.delete(key))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("store 'main'")
          .hasMessageContaining(root.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../../etc/passwd",
        ".partial/x",
        "/etc/passwd",
        "11111111-1111-1111-1111-111111111111",
        "11111111-1111-1111-1111-111111111111/../x",
        "11111111-1111-1111-1111-111111111111/11111111-1111-1111-1111-111111111111/x"
      })
  void refusesKeysOfAnotherForm(String bad) {
    assertThatThrownBy(() -> store.create(bad).close()).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.open(bad)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store.delete(bad)).isInstanceOf(Invalid.class);
  }

  @Test
  void findsStoresByNameAndNamesThoseItKnows() {
    Stores stores = new Stores(List.of(store, new FilesystemStore("cold", root)));
    assertThat(stores.require("main")).isSameAs(store);
    assertThatThrownBy(() -> stores.require("hot"))
        .isInstanceOf(Unavailable.class)
        .hasMessage("store 'hot' is not configured here; known stores: cold, main");
    assertThatThrownBy(() -> new Stores(List.of(store, store)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void leaveUnfinished(String text) {
    try (StoreWriter writer = store.create(key)) {
      writer.write(bytes(text));
    }
  }

  private void leaveUnfinishedByHand(String text) {
    try {
      Path partial = root.resolve(".partial").resolve(key);
      Files.createDirectories(partial.getParent());
      Files.writeString(partial, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void publish(String text) {
    try (StoreWriter writer = store.create(key)) {
      writer.write(bytes(text));
      writer.publish();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static String read(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
