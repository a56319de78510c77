package dev.vitrine.verification;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Operation;
import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepFinding.Kind;
import dev.vitrine.activity.SweepMark;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.activity.SweepRequest;
import dev.vitrine.activity.SweepStretch;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.LocationChanges;
import dev.vitrine.store.ReadOnlyStore;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.Stores;
import dev.vitrine.store.WritableStore;
import dev.vitrine.store.file.FilesystemStore;
import dev.vitrine.transfer.FakeRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepTest {

  private static final byte[] DATA = {1, 2, 3};

  @TempDir private Path directory;

  private final FakeRegistry registry = new FakeRegistry();
  private final List<UUID> givenUp = new ArrayList<>();
  private final List<SweepStretch> told = new ArrayList<>();
  private Duration grace = Duration.ZERO;
  private boolean read;
  private boolean orphans = true;
  private boolean repair;
  private int room = 100;
  private FilesystemStore main;
  private FilesystemStore cold;
  private List<Store> stores;

  @BeforeEach
  void makeStores() {
    main = new FilesystemStore("main", directory.resolve("main"));
    cold = new FilesystemStore("cold", directory.resolve("cold"));
    stores = List.of(main, cold);
  }

  private SweepStretch sweep(@Nullable String store) throws InterruptedException {
    return sweep(store, null, Duration.ofMinutes(1));
  }

  private SweepStretch sweep(@Nullable String store, @Nullable SweepStretch before, Duration length)
      throws InterruptedException {
    Stores all = new Stores(stores);
    Subjects subjects =
        new Subjects(
            this::page,
            registry.locations(),
            new Changes(),
            new StoredData(registry.lookup(), registry.locations(), all),
            all,
            Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    SweepOrder order = new SweepOrder(store, read, orphans, repair, grace, 0, 0);
    SweepMark from = before == null || before.next() == null ? SweepMark.START : before.next();
    return new Sweep(subjects, new SweepRequest(order, from, room), before, length, told::add)
        .run();
  }

  private List<Location> page(@Nullable String store, @Nullable UUID after, int most) {
    return registry.locations.values().stream()
        .filter(each -> each.status() == LocationStatus.ACTIVE)
        .filter(each -> store == null || each.store().equals(store))
        .filter(each -> after == null || each.id().toString().compareTo(after.toString()) > 0)
        .sorted(Comparator.comparing(each -> each.id().toString()))
        .limit(most)
        .toList();
  }

  private final class Changes implements LocationChanges {
    @Override
    public Image addFirst(Operation operation, UUID imageId, String url) {
      throw new IllegalStateException();
    }

    @Override
    public Location addFurther(Operation operation, UUID imageId, String url) {
      throw new IllegalStateException();
    }

    @Override
    public void remove(UUID imageId, UUID locationId) {
      givenUp.add(locationId);
    }
  }

  /** An image with data there, as it is recorded. */
  private Location stored(WritableStore store) {
    return stored(store, UUID.randomUUID());
  }

  private Location stored(WritableStore store, UUID image) {
    UUID id = UUID.randomUUID();
    Location location =
        registry.put(
            new Location(
                id, image, store.name(), image + "/" + id, LocationStatus.ACTIVE, Instant.EPOCH));
    registry.image(image, ImageStatus.ACTIVE, digests(DATA));
    put(store, location.key());
    return location;
  }

  private static void put(WritableStore store, String key) {
    try (StoreWriter writer = store.create(key)) {
      writer.write(ByteBuffer.wrap(DATA));
      writer.publish();
    }
  }

  private static String orphan(WritableStore store) {
    String key = UUID.randomUUID() + "/" + UUID.randomUUID();
    put(store, key);
    return key;
  }

  private static List<Kind> kinds(SweepStretch swept) {
    return swept.findings().stream().map(SweepFinding::kind).toList();
  }

  @Test
  void findsNothingWhereAllIsAsRecorded() throws Exception {
    read = true;
    stored(main);
    stored(cold);

    SweepStretch swept = sweep(null);

    assertThat(swept).isEqualTo(new SweepStretch(swept.counts(), List.of(), null));
    assertThat(swept.counts()).isEqualTo(new SweepCounts(2, 2, 6, 0, 0, 0, 0, 0));
  }

  @Test
  void findsWhatIsMissingAndWhatIsWrong() throws Exception {
    Location missing = stored(main);
    main.delete(missing.key());
    Location wrong = stored(main);
    Files.write(directory.resolve("main").resolve(wrong.key()), new byte[] {1, 2, 4});

    assertThat(kinds(sweep(null))).containsExactly(Kind.MISSING);

    read = true;
    SweepStretch swept = sweep("main");
    assertThat(kinds(swept)).containsExactlyInAnyOrder(Kind.MISSING, Kind.WRONG);
    assertThat(swept.findings())
        .extracting(SweepFinding::imageId)
        .containsExactlyInAnyOrder(missing.imageId(), wrong.imageId());
    assertThat(sweep("cold").counts().found()).isZero();
  }

  @Test
  void findsAndChangesNothingOfWhatNoRowKnows() throws Exception {
    stored(main);
    String orphan = orphan(cold);
    String unfinished = UUID.randomUUID() + "/" + UUID.randomUUID();
    try (StoreWriter writer = main.create(unfinished)) {
      writer.write(ByteBuffer.wrap(DATA));
    }

    SweepStretch swept = sweep(null);

    assertThat(swept.findings()).extracting(SweepFinding::key).containsExactly(orphan, unfinished);
    assertThat(swept.counts().orphans()).isEqualTo(2);
    assertThat(swept.counts().repaired()).isZero();
    assertThat(cold.size(orphan)).isPresent();
    assertThat(main.unfinished(unfinished, null)).isPositive();
  }

  @Test
  void removesOnlyWhatNoRowKnowsWhenItRepairs() throws Exception {
    repair = true;
    Location known = stored(main);
    Location pending = stored(main);
    registry.setStatus(pending, LocationStatus.PENDING);
    String orphan = orphan(main);

    SweepStretch swept = sweep(null);

    assertThat(swept.findings()).singleElement().matches(SweepFinding::repaired);
    assertThat(main.size(orphan)).isEmpty();
    assertThat(main.size(known.key())).isPresent();
    assertThat(main.size(pending.key())).isPresent();
  }

  /** What its images gave up stays there: it is whoever's who manages the store. */
  @Test
  void looksForNoOrphansInAStoreThatIsOnlyReadFrom() throws Exception {
    repair = true;
    Location missing = stored(cold);
    cold.delete(missing.key());
    String orphan = orphan(cold);
    stores = List.of(main, new ReadOnlyStore(cold));

    SweepStretch swept = sweep(null);

    assertThat(kinds(swept)).containsExactly(Kind.MISSING);
    assertThat(cold.size(orphan)).isPresent();
  }

  @Test
  void passesOverWhatIsYoungerThanTheGrace() throws Exception {
    orphan(main);
    grace = Duration.ofHours(2);
    assertThat(sweep(null).findings()).isEmpty();
    grace = Duration.ofMinutes(59);
    assertThat(sweep(null).findings()).hasSize(1);
  }

  @Test
  void givesUpAMissingPlaceOnlyWhereTheImageHasAnother() throws Exception {
    repair = true;
    Location only = stored(main);
    main.delete(only.key());
    Location one = stored(main);
    main.delete(one.key());
    stored(cold, one.imageId());
    Location both = stored(main);
    main.delete(both.key());
    cold.delete(stored(cold, both.imageId()).key());

    SweepStretch swept = sweep(null);

    assertThat(givenUp).containsExactly(one.id());
    assertThat(swept.counts().missing()).isEqualTo(4);
    assertThat(swept.counts().repaired()).isEqualTo(1);
  }

  @Test
  void saysOnceThatAStoreDoesNotAnswerAndGoesOnWithTheOthers() throws Exception {
    stored(main);
    stored(main);
    Location missing = stored(cold);
    cold.delete(missing.key());
    Files.delete(directory.resolve("main/.partial"));
    orphans = false;

    SweepStretch swept = sweep(null);

    assertThat(kinds(swept)).containsExactlyInAnyOrder(Kind.UNREAD, Kind.MISSING);
    assertThat(swept.counts().locations()).isEqualTo(1);
  }

  @Test
  void carriesNoMoreFindingsThanThereIsRoomFor() throws Exception {
    room = 2;
    for (int i = 0; i < 5; i++) {
      orphan(main);
    }
    SweepStretch swept = sweep(null);
    assertThat(swept.findings()).hasSize(2);
    assertThat(swept.counts().orphans()).isEqualTo(5);
  }

  @Test
  void goesOnFromWhateverItHasTold() throws Exception {
    for (int i = 0; i < 250; i++) {
      Location missing = stored(main);
      if (i % 50 == 0) {
        main.delete(missing.key());
      }
    }
    orphan(cold);
    SweepStretch whole = sweep(null);
    assertThat(whole.counts()).isEqualTo(new SweepCounts(250, 246, 0, 0, 5, 0, 1, 0));

    for (SweepStretch before : List.copyOf(told)) {
      SweepStretch again = sweep(null, before, Duration.ofMinutes(1));
      assertThat(again.counts()).isEqualTo(whole.counts());
    }
  }

  @Test
  void endsInTimeAndSaysWhereTheNextOneBegins() throws Exception {
    stored(main);
    SweepStretch nothing = sweep(null, null, Duration.ZERO);
    assertThat(nothing).isEqualTo(new SweepStretch(SweepCounts.NONE, List.of(), SweepMark.START));
  }
}
