package dev.vitrine.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.store.Busy;
import dev.vitrine.store.CapableStoreContract;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsListing.Listed;
import dev.vitrine.store.SupportsResume;
import dev.vitrine.store.WritableStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In two directories, of which now one and now the other has more room, unless a test says so. */
final class DirectoriesStoreTest extends CapableStoreContract {

  private static final long TIB = 1L << 40;

  @TempDir private Path directory;

  private final Random rooms = new Random(1);
  private final Map<Path, Long> room = new HashMap<>();

  private Path one;
  private Path two;
  private DirectoriesStore store;

  @BeforeEach
  void make() throws IOException {
    one = Files.createDirectory(directory.resolve("one"));
    two = Files.createDirectory(directory.resolve("two"));
    store = open(0, 0);
  }

  private DirectoriesStore open(int priorityOfOne, int priorityOfTwo) {
    return new DirectoriesStore(
        "main",
        List.of(new StoreDirectory(one, priorityOfOne), new StoreDirectory(two, priorityOfTwo)),
        path -> room.getOrDefault(path, TIB + rooms.nextInt()));
  }

  private void rooms(long ofOne, long ofTwo) {
    room.put(one, ofOne);
    room.put(two, ofTwo);
  }

  @Override
  protected SupportsResume store() {
    return store;
  }

  @Override
  protected SupportsResume another() {
    return open(0, 0);
  }

  @Override
  protected int part() {
    return 5;
  }

  private Path publishedIn(DirectoriesStore into, Long size) {
    String aKey = anotherKey();
    try (StoreWriter writer = into.create(aKey, size)) {
      writer.write(ByteBuffer.wrap(bytes(3)));
      writer.publish();
    }
    assertThat(Files.exists(one.resolve(aKey))).isNotEqualTo(Files.exists(two.resolve(aKey)));
    return Files.exists(one.resolve(aKey)) ? one : two;
  }

  @Test
  void putsDataWhereThePriorityIsHighestOfThoseThatHaveRoom() {
    rooms(100, 1000);
    DirectoriesStore prefersOne = open(7, -1);
    assertThat(publishedIn(prefersOne, 100L)).isEqualTo(one);
    assertThat(publishedIn(prefersOne, 101L)).isEqualTo(two);
    DirectoriesStore prefersTwo = open(-1, 7);
    assertThat(publishedIn(prefersTwo, 1L)).isEqualTo(two);
  }

  @Test
  void putsDataWhereThereIsMoreRoomOfTwoThatAreAlike() {
    rooms(100, 101);
    assertThat(publishedIn(store, 1L)).isEqualTo(two);
    rooms(102, 101);
    assertThat(publishedIn(store, 1L)).isEqualTo(one);
  }

  @Test
  void putsDataOfUnknownSizeWhereMuchIsFree() {
    DirectoriesStore prefersOne = open(1, 0);
    rooms(DirectoriesStore.UNKNOWN_SIZE, 2 * DirectoriesStore.UNKNOWN_SIZE);
    assertThat(publishedIn(prefersOne, null)).isEqualTo(one);
    rooms(DirectoriesStore.UNKNOWN_SIZE - 1, DirectoriesStore.UNKNOWN_SIZE);
    assertThat(publishedIn(prefersOne, null)).isEqualTo(two);
    rooms(3, 2);
    assertThat(publishedIn(open(0, 1), null)).isEqualTo(one);
  }

  @Test
  void beginsNothingThatNoneHasRoomFor() throws IOException {
    rooms(99, 98);

    assertThatThrownBy(() -> store.create(key, 100L).close())
        .isInstanceOf(StorageFull.class)
        .hasMessage(
            "store 'main' has no room left for 100 bytes in one directory: %s has 99, %s has 98;"
                + " free or add space",
            one, two);

    assertThat(one.resolve(".partial")).isEmptyDirectory();
    assertThat(two.resolve(".partial")).isEmptyDirectory();
  }

  @Test
  void goesOnWhereItBeganWhateverHasMoreRoomNow() throws IOException {
    rooms(1000, 10);
    try (StoreWriter writer = store.create(key, 100L)) {
      writer.write(ByteBuffer.wrap(bytes(5)));
      writer.sync();
    }
    rooms(10, 1000);

    try (StoreWriter writer = open(0, 9).resume(key, null, 5)) {
      writer.publish();
    }

    assertThat(one.resolve(key)).hasBinaryContent(bytes(5));
    assertThat(two.resolve(key)).doesNotExist();
  }

  @Test
  void beginsAnewElsewhereAndLeavesNothingWhereItWas() {
    rooms(1000, 10);
    store.create(key, 100L).close();
    assertThat(one.resolve(".partial").resolve(key)).exists();
    rooms(10, 1000);

    publish(key, bytes(5));

    assertThat(two.resolve(key)).exists();
    assertThat(one.resolve(".partial")).isEmptyDirectory();
  }

  @Test
  void letsNoSecondWriterNearInWhicheverDirectoryTheFirstIs() {
    rooms(1000, 10);
    try (StoreWriter first = store.create(key, 100L)) {
      rooms(10, 1000);
      assertThatThrownBy(() -> another().create(key, 100L).close())
          .isInstanceOf(Unavailable.class)
          .matches(Busy::isCauseOf);
      first.write(ByteBuffer.wrap(bytes(5)));
      first.publish();
    }
    assertThat(read(key)).isEqualTo(bytes(5));
  }

  @Test
  void copiesByALinkBesideTheOriginal() throws IOException {
    rooms(1000, 10);
    publish(key, bytes(5));
    rooms(0, 1000);
    String copy = anotherKey();

    assertThat(open(0, 9).copy(key, copy)).isTrue();

    assertThat(Files.isSameFile(one.resolve(key), one.resolve(copy))).isTrue();
  }

  @Test
  void removesWhatLiesInAnyOfThem() throws IOException {
    for (Path each : List.of(one, two)) {
      Files.createDirectories(each.resolve(key).getParent());
      Files.write(each.resolve(key), bytes(5));
    }
    assertThat(store.list(null, 10).keys()).extracting(Listed::key).containsExactly(key);

    store.delete(key);

    assertThat(one.resolve(key)).doesNotExist();
    assertThat(two.resolve(key)).doesNotExist();
  }

  @Test
  void readsWhatTheOthersHaveWhileOneIsMissing() throws IOException {
    rooms(1000, 10);
    publish(key, bytes(5));
    Files.delete(two.resolve(".partial"));

    assertThat(read(key)).isEqualTo(bytes(5));
    assertThat(store.size(key)).hasValue(5);
    assertThat(store.confirm(key)).isTrue();
    String other = anotherKey();
    for (Runnable call :
        List.<Runnable>of(
            () -> store.size(other),
            () -> store.reader(other).close(),
            () -> store.create(other).close(),
            () -> store.resume(other, null, 0).close(),
            () -> store.unfinished(other, null),
            () -> store.copy(key, other),
            () -> store.list(null, 10),
            () -> store.listUnfinished(null),
            () -> store.delete(key))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("store 'main'")
          .hasMessageContaining(two.toString());
    }
    assertThat(one.resolve(key)).doesNotExist();
  }

  @Test
  void saysWhereItHasLookedForWhatADirectoryTookAlong() {
    rooms(1000, 10);
    publish(key, bytes(5));
    Path three = directory.resolve("three");
    three.toFile().mkdir();
    DirectoriesStore without =
        new DirectoriesStore(
            "main", List.of(new StoreDirectory(two, 0), new StoreDirectory(three, 0)));

    assertThatThrownBy(() -> without.reader(key).close())
        .isInstanceOf(NotFound.class)
        .hasMessage(
            "store 'main' has nothing under %s in any of its directories: %s, %s", key, two, three);

    assertThat(another().size(key)).hasValue(5);
  }

  @Test
  void makesNoDirectoryThatIsMissing() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(
            () ->
                new DirectoriesStore(
                    "main", List.of(new StoreDirectory(one, 0), new StoreDirectory(missing, 0))))
        .isInstanceOf(Unavailable.class)
        .hasMessage(
            "store 'main' is unavailable: its directory %s is missing; mount it, or make it",
            missing);
    assertThat(missing).doesNotExist();
  }

  @Test
  void takesNoDirectoryTwice() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), one);
    assertThatThrownBy(
            () ->
                new DirectoriesStore(
                    "main", List.of(new StoreDirectory(one, 0), new StoreDirectory(link, 1))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("are one; name it once");
  }

  @Test
  void mayOnlyBeReadFrom() {
    publish(key, bytes(5));
    one.resolve("README").toFile().mkdir();
    two.resolve("README").toFile().mkdir();

    Store readOnly =
        DirectoriesStore.readOnly(
            "main", List.of(new StoreDirectory(one, 0), new StoreDirectory(two, 0)));

    assertThat(readOnly).isNotInstanceOf(WritableStore.class);
    assertThat(readOnly.size(key)).hasValue(5);
  }
}
