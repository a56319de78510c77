package dev.vitrine.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.Busy;
import dev.vitrine.store.CapableStoreContract;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsListing.Page;
import dev.vitrine.store.SupportsReadBack;
import dev.vitrine.store.SupportsResume;
import dev.vitrine.store.WritableStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesystemStoreTest extends CapableStoreContract {

  @TempDir private Path directory;

  private Path root;
  private FilesystemStore store;

  @BeforeEach
  void make() {
    root = directory.resolve("deep/root");
    store = new FilesystemStore("main", root);
  }

  @Override
  protected SupportsResume store() {
    return store;
  }

  @Override
  protected SupportsResume another() {
    return new FilesystemStore("main", root);
  }

  /** It has none: any number of bytes will do. */
  @Override
  protected int part() {
    return 5;
  }

  @Test
  void keepsUnfinishedDataApartAndLeavesNoOtherFiles() throws IOException {
    leaveUnfinished("hello");
    assertThat(files()).containsExactly(root.resolve(".partial").resolve(key));
    publish("hello");
    assertThat(files()).containsExactly(root.resolve(key));
    assertThat(root.resolve(".partial")).isEmptyDirectory();
    store.create(anotherKey()).discard();
    assertThat(root.resolve(".partial")).isEmptyDirectory();
    store.delete(key);
    assertThat(root).isDirectoryNotContaining(path -> !path.endsWith(".partial"));
  }

  @Test
  void makesDurableAllThatIsWritten() {
    try (StoreWriter writer = store.create(key)) {
      assertThat(writer.sync()).isZero();
      writer.write(bytes("hello"));
      assertThat(writer.sync()).isEqualTo(5);
    }
  }

  @Test
  void saysHowMuchIsMissing() {
    leaveUnfinished("12345");
    assertThatThrownBy(() -> store.resume(key, null, 6).close())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("has 5 bytes, fewer than the 6");
  }

  @Test
  void letsNoSecondWriterNear() {
    try (StoreWriter first = store.create(key)) {
      first.write(bytes("mine"));
      FilesystemStore same = new FilesystemStore("again", root);
      assertThatThrownBy(() -> same.create(key).close())
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("another attempt still writes");
      assertThatThrownBy(() -> same.resume(key, null, 1).close()).isInstanceOf(Unavailable.class);
      assertThat(store.unfinished(key, null)).isEqualTo(4);
    }
    store.resume(key, null, 4).close();
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
  void writesAndReadsBackMoreThanItHandsOnAtOnce() throws IOException {
    byte[] data = new byte[200_001];
    new Random(1).nextBytes(data);
    ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data).flip();
    try (StoreWriter writer = store.create(key)) {
      writer.write(ByteBuffer.wrap(data, 0, 100_001));
      writer.write(direct.position(100_001));
      writer.sync();
    }
    try (StoreWriter writer = store.resume(key, null, data.length)) {
      SupportsReadBack unfinished = (SupportsReadBack) writer;
      ByteBuffer back = ByteBuffer.allocate(data.length + 1);
      assertThat(unfinished.readBack(back, 0)).isEqualTo(data.length);
      assertThat(back.flip()).isEqualTo(ByteBuffer.wrap(data));
      assertThat(unfinished.readBack(ByteBuffer.allocateDirect(5), data.length - 2)).isEqualTo(2);
      assertThat(unfinished.readBack(ByteBuffer.allocate(1), data.length)).isEqualTo(-1);
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
  void saysThatItWasDeletedMeanwhile() {
    try (StoreWriter writer = store.create(key)) {
      writer.write(bytes("late"));
      store.delete(key);
      assertThatThrownBy(writer::publish)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("was removed while it was written");
    }
    assertThat(store.size(key)).isEmpty();
    assertThat(root.resolve(key).getParent()).doesNotExist();
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
    assertThat(store.unfinished(key, null)).isEqualTo(3);
  }

  @Test
  void leavesNothingBehindOnAFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Path partial = root.resolve(".partial").resolve(key);
    Files.createDirectories(root.resolve(".partial").resolve(key).getParent());
    Files.createSymbolicLink(partial, full);

    try (StoreWriter writer = store.create(key)) {
      assertThatThrownBy(() -> writer.write(bytes("too much")))
          .isInstanceOf(StorageFull.class)
          .hasMessageContaining("store 'main' has no room left");
    }
    assertThat(root.resolve(".partial")).isEmptyDirectory();
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
  void copiesByALinkAndLeavesNoOtherFiles() throws IOException {
    publish("hello");
    String copy = anotherKey();

    assertThat(store.copy(key, copy)).isTrue();

    assertThat(Files.isSameFile(root.resolve(key), root.resolve(copy))).isTrue();
    assertThat(files()).containsExactlyInAnyOrder(root.resolve(key), root.resolve(copy));
    assertThat(root.resolve(".partial")).isEmptyDirectory();
  }

  @Test
  void copiesNothingWhileAnotherWriterHoldsTheKey() {
    publish("hello");
    String copy = anotherKey();
    try (StoreWriter writer = store.create(copy)) {
      assertThatThrownBy(() -> store.copy(key, copy))
          .isInstanceOf(Unavailable.class)
          .matches(Busy::isCauseOf);
      writer.write(bytes("other"));
      writer.publish();
    }
    assertThat(root.resolve(key)).hasContent("hello");
    assertThat(root.resolve(copy)).hasContent("other");
  }

  @Test
  void deletesWhatACopyLeftThatDied() throws IOException {
    publish("hello");
    String copy = anotherKey();
    Path left = root.resolve(".partial").resolve(copy + ".copy");
    Files.createDirectories(left.getParent());
    Files.createLink(left, root.resolve(key));

    store.delete(copy);

    assertThat(files()).containsExactly(root.resolve(key));
    assertThat(root.resolve(".partial")).isEmptyDirectory();
  }

  @Test
  void listsNothingThatHasNoKeysName() throws IOException {
    publish("hello");
    Files.createDirectory(root.resolve("lost+found"));
    Files.writeString(root.resolve(anotherKey().substring(0, 35) + "0"), "no directory");
    Files.writeString(root.resolve(key + ".bak"), "no key");
    Files.createDirectory(root.resolve(anotherKey()));

    for (int most = 1; most <= 3; most++) {
      assertThat(all(most)).containsExactly(key);
    }
  }

  private List<String> all(int most) {
    List<String> keys = new ArrayList<>();
    Page page = store.list(null, most);
    page.keys().forEach(each -> keys.add(each.key()));
    while (page.next() != null) {
      page = store.list(page.next(), most);
      page.keys().forEach(each -> keys.add(each.key()));
    }
    return keys;
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

  @Test
  void readsWithoutAChangeWhereItMayOnlyRead() throws IOException {
    publish("hello");
    Files.delete(root.resolve(".partial"));
    Store readOnly = FilesystemStore.readOnly("main", root);

    assertThat(readOnly).isNotInstanceOf(WritableStore.class);
    assertThat(readOnly.size(key)).hasValue(5);
    try (StoreReader reader = readOnly.reader(key)) {
      assertThat(read(reader, 0, 5)).isEqualTo("hello");
    }
    assertThat(readOnly.open(key, 1)).hasContent("ello");
    assertThat(readOnly.size(anotherKey())).isEmpty();
    assertThat(root).isDirectoryNotContaining(path -> path.endsWith(".partial"));
  }

  /** Behind a disk that is not mounted lies an empty directory. */
  @Test
  void mayNotReadFromADirectoryThatIsMissingOrEmpty() throws IOException {
    Path missing = directory.resolve("missing");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    for (Path each : List.of(missing, empty)) {
      assertThatThrownBy(() -> FilesystemStore.readOnly("cold", each))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("store 'cold'")
          .hasMessageContaining(each + " is missing or empty");
    }
    assertThat(missing).doesNotExist();
    assertThat(empty).isEmptyDirectory();
  }

  private void assertUnavailable() {
    for (Runnable call :
        List.<Runnable>of(
            () -> store.create(key).close(),
            () -> store.resume(key, null, 1).close(),
            () -> store.size(key),
            () -> store.unfinished(key, null),
            () -> store.confirm(key),
            () -> store.delete(key))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("store 'main'")
          .hasMessageContaining(root.toString());
    }
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

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
