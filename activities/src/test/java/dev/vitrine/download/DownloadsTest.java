package dev.vitrine.download;

import static dev.vitrine.source.SampleData.digests;
import static dev.vitrine.source.SampleData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.guard.GuardedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.source.Regions;
import dev.vitrine.source.SourceConfig;
import dev.vitrine.source.SourceServer;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.Stores;
import dev.vitrine.store.file.FilesystemStore;
import dev.vitrine.transfer.FakeRegistry;
import dev.vitrine.web.WebAccess;
import dev.vitrine.web.WebRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading images' data, from stores and from the web. */
class DownloadsTest {

  private static final Requester OWNER = Requester.member("ann", "owner");

  @TempDir private Path directory;

  private final FakeRegistry registry = new FakeRegistry();
  private final byte[] data = random(10_000, 1);
  private final UUID id = UUID.randomUUID();
  private FilesystemStore store;
  private Map<String, Integer> weights = Map.of();
  private SourceServer server;
  private Duration readTimeout = Duration.ofSeconds(60);

  @BeforeEach
  void makeStoreAndServer() throws IOException {
    store = new FilesystemStore("main", directory.resolve("store"));
    server = new SourceServer(data);
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  private Download open(long offset, @Nullable Long length) {
    return open(OWNER, offset, length);
  }

  private Download open(Requester by, long offset, @Nullable Long length) {
    return downloads().open(image(), by, offset, length);
  }

  private Downloads downloads() {
    return new Downloads(
        registry.locations(),
        new GuardedData(registry.lookup(), new ImageAccess(Permissions.DEFAULT)),
        new Stores(List.of(store), weights),
        new SourceConfig(
            List.of(),
            Duration.ofSeconds(10),
            readTimeout,
            WebAccess.of(WebRules.defaults().withLoopback()),
            null,
            Regions.NONE));
  }

  private Image image() {
    return registry.lookup().find(id).orElseThrow();
  }

  private Location stored(byte[] bytes) {
    UUID locationId = UUID.randomUUID();
    Location at =
        new Location(
            locationId, id, "main", id + "/" + locationId, LocationStatus.ACTIVE, Instant.EPOCH);
    try (StoreWriter writer = store.create(at.key())) {
      writer.write(ByteBuffer.wrap(bytes));
      writer.publish();
    }
    return registry.put(at);
  }

  private void external(String url) {
    registry.put(
        new Location(
            UUID.randomUUID(), id, Location.EXTERNAL, url, LocationStatus.ACTIVE, Instant.EPOCH));
  }

  private void active() {
    registry.image(id, ImageStatus.ACTIVE, digests(data));
  }

  private static byte[] all(Download download) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocateDirect(777);
    try (download) {
      while (download.read(buffer) >= 0) {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes).clear();
        all.writeBytes(bytes);
      }
    }
    return all.toByteArray();
  }

  /** What is read tells which place it was. */
  @Test
  void readsFromTheHeaviestPlaceFirst() {
    active();
    stored(new byte[data.length]);
    external(server.url());

    assertThat(all(open(0, null))).isEqualTo(new byte[data.length]);
    weights = Map.of("main", -1);
    assertThat(all(open(0, null))).isEqualTo(data);
    weights = Map.of("main", 1);
    assertThat(all(open(0, null))).isEqualTo(new byte[data.length]);
  }

  @Test
  void readsAllOfIt() {
    active();
    stored(data);
    Download download = open(0, null);
    assertThat(download.size()).isEqualTo(10_000);
    assertThat(download.length()).isEqualTo(10_000);
    assertThat(all(download)).isEqualTo(data);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1234, 5678", "9999, 1", "10000, 0", "4000,"})
  void readsAPart(long offset, @Nullable Long length) {
    active();
    stored(data);
    int end = length == null ? data.length : (int) (offset + length);
    Download download = open(offset, length);
    assertThat(download.offset()).isEqualTo(offset);
    assertThat(download.size()).isEqualTo(10_000);
    assertThat(download.length()).isEqualTo(end - offset);
    assertThat(all(download)).isEqualTo(Arrays.copyOfRange(data, (int) offset, end));
  }

  @ParameterizedTest
  @CsvSource({"-1,", "10001,", "0, 10001", "9999, 2", "1, -1", "5, 9223372036854775807"})
  void refusesAPartThatIsNotInIt(long offset, @Nullable Long length) {
    active();
    stored(data);
    assertThatThrownBy(() -> open(offset, length))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(id.toString());
  }

  @Test
  void readsOnWhileTheImageIsDeleted() {
    active();
    Location at = stored(data);
    Download download = open(0, null);
    registry.image(id, ImageStatus.DELETED, null);
    registry.locations().forget(at.id());
    store.delete(at.key());
    assertThat(all(download)).isEqualTo(data);
  }

  @Test
  void asksWhoMayReadIt() {
    active();
    stored(data);
    assertThat(all(open(Requester.member("eve", "member"), 0, null))).isEqualTo(data);
    assertThatThrownBy(() -> open(Requester.member("eve", "stranger"), 0, null))
        .isInstanceOf(NotFound.class);
    registry.image(id, ImageStatus.DEACTIVATED, digests(data));
    assertThatThrownBy(() -> open(0, null)).isInstanceOf(Forbidden.class);
    assertThat(all(open(Requester.admin("root", "ops"), 0, null))).isEqualTo(data);
    registry.image(id, ImageStatus.QUEUED, null);
    assertThatThrownBy(() -> open(0, null)).isInstanceOf(Conflict.class);
  }

  @Test
  void goesToTheNextLocationWhereOneDoesNotAnswer() {
    active();
    store.delete(stored(data).key());
    stored(Arrays.copyOf(data, 9_000));
    server.statuses.add(503);
    external(server.url());
    stored(data);
    assertThat(all(open(10, null))).isEqualTo(Arrays.copyOfRange(data, 10, 10_000));
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void leavesOutLocationsThatAreGivenUp() {
    active();
    registry.setStatus(stored(random(10_000, 2)), LocationStatus.PENDING_DELETE);
    stored(data);
    assertThat(all(open(0, null))).isEqualTo(data);
  }

  @Test
  void saysWhichImagesDataIsMissing() {
    active();
    assertThatThrownBy(() -> open(0, null))
        .isInstanceOf(Unavailable.class)
        .hasMessage("image %s: its data is nowhere", id);
    Location at = stored(data);
    store.delete(at.key());
    assertThatThrownBy(() -> open(0, null))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(id.toString())
        .hasMessageContaining("store 'main' has nothing under " + at.key());
  }

  @Test
  void doesNotFindWhatWasDeletedAfterItWasLookedUp() {
    active();
    store.delete(stored(data).key());
    Image before = image();
    registry.image(id, ImageStatus.DELETED, null);
    assertThatThrownBy(() -> downloads().open(before, OWNER, 0, null)).isInstanceOf(NotFound.class);
  }

  @Test
  void noticesDataThatEndsTooSoon() throws Exception {
    active();
    Location at = stored(data);
    try (Download download = open(0, null)) {
      Files.write(directory.resolve("store").resolve(at.key()), Arrays.copyOf(data, 500));
      ByteBuffer into = ByteBuffer.allocate(1000);
      assertThat(download.read(into)).isEqualTo(500);
      assertThatThrownBy(() -> download.read(into))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("ended after 500 of 10000 bytes");
    }
  }

  @Test
  void anImageOfNoSizeHasNothingToRead() {
    registry.image(id, ImageStatus.ACTIVE, digests(new byte[0]));
    Download download = open(0, null);
    assertThat(download.length()).isZero();
    assertThat(all(download)).isEmpty();
  }

  @Test
  void readsAPartFromTheWeb() {
    active();
    external(server.url());
    assertThat(all(open(1234, 100L))).isEqualTo(Arrays.copyOfRange(data, 1234, 1334));
    assertThat(server.requests).containsExactly("bytes=1234- null");
  }

  @Test
  void readsAPartFromAWebSourceThatHasNoParts() {
    active();
    external(server.url());
    server.ranges = false;
    assertThat(all(open(1234, 100L))).isEqualTo(Arrays.copyOfRange(data, 1234, 1334));
  }

  @Test
  void readsToTheEndWhereNobodyKnowsTheSize() {
    registry.image(id, ImageStatus.ACTIVE, null);
    external(server.url());
    server.announcesLength = false;
    Download download = open(0, null);
    assertThat(download.size()).isNull();
    assertThat(download.length()).isNull();
    assertThat(all(download)).isEqualTo(data);
    assertThatThrownBy(() -> open(0, 10L)).isInstanceOf(Invalid.class);
  }

  @Test
  void takesTheSizeThatAWebSourceAnnounces() {
    registry.image(id, ImageStatus.ACTIVE, null);
    external(server.url());
    Download download = open(0, null);
    assertThat(download.size()).isEqualTo(10_000);
    assertThat(all(download)).isEqualTo(data);
  }

  @Test
  void givesUpAWebSourceThatFallsSilent() {
    readTimeout = Duration.ofMillis(500);
    active();
    external(server.url());
    server.stallsAfter = 1000;
    Download download = open(0, null);
    assertThatThrownBy(() -> all(download))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("sent nothing for 500 ms, after 1000 bytes");
  }

  @Test
  void closingEndsAReadThatWaits() throws Exception {
    active();
    external(server.url());
    server.stallsAfter = 1000;
    Download download = open(0, null);
    ByteBuffer into = ByteBuffer.allocate(10_000);
    while (into.position() < 1000) {
      assertThat(download.read(into)).isPositive();
    }
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> reading = thread.submit(() -> download.read(into));
      download.close();
      assertThatThrownBy(reading::get).hasCauseInstanceOf(Unavailable.class);
    } finally {
      thread.shutdownNow();
    }
  }
}
