package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an image keeps, and what each change does besides the status. */
interface ImageContract extends RegistryFixture {

  /** Names of users and what sources answer are in it. */
  @Test
  default void keepsWordsThatAreSafeToPrint() {
    String words = "by eve\nforged \u001b[31m\u202e";
    String safe = "by eve\\nforged \\u001b[31m\\u202e";
    Image image = active();
    Operation operation = new Operation("op-" + image.id(), "w", "r", words);
    registry().images().deactivate(operation, image.id(), Samples.ROOT);
    UUID task = UUID.randomUUID();
    registry().tasks().create(op(), task, Samples.IMPORT, Samples.ALICE);

    assertThat(registry().history().of(image.id())).last().returns(safe, HistoryEntry::cause);
    assertThat(registry().taskRuns().fail(op(), task, null, words).message()).isEqualTo(safe);
  }

  @Test
  default void keepsWhatWasSaidAtCreation() {
    Map<String, String> properties =
        Map.of(
            "os_distro", "debian", "näme 🐧", "wert 'quoted' \"double\" \\ \n line", "empty", "");
    List<String> tags = List.of("zulu", "älpha", "🐧");
    NewImage asked = Samples.image(properties, tags);

    Image image = registry().images().create(op(), asked);

    assertThat(image.id()).isEqualTo(asked.id());
    assertThat(image.name()).isEqualTo("Debian – Ünïcødé 🐧");
    assertThat(image.status()).isEqualTo(ImageStatus.QUEUED);
    assertThat(image.size()).isNull();
    assertThat(image.diskFormat()).isEqualTo("qcow2");
    assertThat(image.containerFormat()).isEqualTo("bare");
    assertThat(image.minDisk()).isEqualTo(10);
    assertThat(image.minRam()).isEqualTo(512);
    assertThat(image.visibility()).isEqualTo(Visibility.PRIVATE);
    assertThat(image.isProtected()).isFalse();
    assertThat(image.osHidden()).isTrue();
    assertThat(image.owner()).isEqualTo("mars");
    assertThat(image.failurePolicy()).isNull();
    assertThat(image.deletedAt()).isNull();
    assertThat(image.version()).isEqualTo(1);
    assertThat(image.properties()).isEqualTo(properties);
    assertThat(image.tags()).isEqualTo(tags);
    assertThat(reread(image.id())).isEqualTo(image);
  }

  @Test
  default void keepsTimesToTheMicrosecondInUtc() {
    Instant now = Instant.parse("2031-10-26T00:30:00.000001999Z");
    clock().advance(Duration.between(clock().instant(), now));

    Image image = queued();

    assertThat(image.createdAt()).isEqualTo("2031-10-26T00:30:00.000001Z");
    assertThat(image.updatedAt()).isEqualTo(image.createdAt());
    assertThat(reread(image.id())).isEqualTo(image);
  }

  @Test
  default void keepsATagOnce() {
    Image image = registry().images().create(op(), Samples.image(Map.of(), List.of("b", "a", "b")));

    assertThat(image.tags()).containsExactly("b", "a");
  }

  @Test
  default void isActiveAtOnceIfDeclaredEmpty() {
    Image image = registry().images().create(op(), Samples.emptyImage());

    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(image.size()).isZero();
    assertThat(registry().locations().of(image.id())).isEmpty();
  }

  @Test
  default void findsNothingThatIsNotThere() {
    UUID unknown = UUID.randomUUID();

    assertThat(registry().lookup().find(unknown)).isEmpty();
    assertThat(registry().locations().find(unknown)).isEmpty();
    assertThat(registry().locations().of(unknown)).isEmpty();
    assertThat(registry().history().of(unknown)).isEmpty();
    assertThatThrownBy(() -> registry().deletions().delete(op(), unknown, Duration.ZERO))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(unknown.toString());
  }

  @Test
  default void addsALocationElsewhere() {
    Image image =
        registry().locationChanges().addFirst(op(), queued().id(), "https://example.org/a?b=c");

    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(image.size()).isNull();
    assertThat(registry().locations().of(image.id()))
        .singleElement()
        .satisfies(
            location -> {
              assertThat(location.imageId()).isEqualTo(image.id());
              assertThat(location.store()).isEqualTo(Location.EXTERNAL);
              assertThat(location.key()).isEqualTo("https://example.org/a?b=c");
              assertThat(location.status()).isEqualTo(LocationStatus.ACTIVE);
            });
  }

  @Test
  default void recordsALocationBeforeTheFirstByte() {
    UUID id = queued().id();

    Location location = registry().uploads().begin(op(), id, FailurePolicy.KILL, "main", null);

    assertThat(location.store()).isEqualTo("main");
    assertThat(location.key()).isEqualTo(id + "/" + location.id());
    assertThat(location.status()).isEqualTo(LocationStatus.PENDING);
    assertThat(registry().locations().find(location.id())).contains(location);
    assertThat(reread(id).failurePolicy()).isEqualTo(FailurePolicy.KILL);
  }

  @Test
  default void recordsSizeAndDigestsWithTheActivation() {
    Image image = active();

    assertThat(image.size()).isEqualTo(5_000_000_000L);
    assertThat(image.virtualSize()).isEqualTo(DATA.virtualSize());
    assertThat(image.checksum()).isEqualTo(DATA.checksum());
    assertThat(image.osHashAlgo()).isEqualTo("sha512");
    assertThat(image.osHashValue()).isEqualTo(DATA.sha512());
    assertThat(registry().locations().of(image.id()))
        .singleElement()
        .extracting(Location::status)
        .isEqualTo(LocationStatus.ACTIVE);
    assertThat(reread(image.id())).isEqualTo(image);
  }

  @Test
  default void keepsLocationsInTheOrderOfTheirCreation() {
    UUID id = queued().id();
    Location first = registry().uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null);
    registry().uploads().fail(op(), id, FailurePolicy.REQUEUE);
    Location second = registry().uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null);

    assertThat(registry().locations().of(id))
        .extracting(Location::id)
        .containsExactly(first.id(), second.id());

    registry().locations().forget(first.id());
    registry().locations().forget(first.id());
    assertThat(registry().locations().of(id)).containsExactly(second);
  }

  @Test
  default void leavesNoDataBehindAFailedUpload() {
    Image image = registry().uploads().fail(op(), saving().id(), FailurePolicy.REQUEUE);

    assertThat(image.size()).isNull();
    assertThat(image.virtualSize()).isNull();
    assertThat(image.checksum()).isNull();
    assertThat(image.osHashAlgo()).isNull();
    assertThat(image.osHashValue()).isNull();
    assertThat(registry().locations().of(image.id()))
        .extracting(Location::status)
        .containsExactly(LocationStatus.PENDING_DELETE);
  }

  @Test
  default void condemnsEveryLocationOfADeletedImage() {
    Image image = registry().deletions().delete(op(), active().id(), Duration.ZERO);

    assertThat(image.status()).isEqualTo(ImageStatus.DELETED);
    assertThat(image.scrubAt()).isNull();
    assertThat(image.size()).isEqualTo(DATA.size());
    assertThat(registry().locations().of(image.id()))
        .extracting(Location::status)
        .containsExactly(LocationStatus.PENDING_DELETE);
  }

  @Test
  default void keepsTheTimeOfTheFirstDeletion() {
    Image pending = imageThatIs(ImageStatus.PENDING_DELETE);
    clock().advance(Duration.ofHours(3));

    Image deleted = registry().deletions().completeScrub(op(), pending.id());

    assertThat(pending.deletedAt()).isEqualTo(pending.updatedAt());
    assertThat(pending.scrubAt()).isEqualTo(pending.updatedAt().plus(Samples.SCRUB_TIME));
    assertThat(reread(pending.id())).isNotEqualTo(pending).isEqualTo(deleted);
    assertThat(deleted.scrubAt()).isNull();
    assertThat(deleted.deletedAt()).isEqualTo(pending.deletedAt());
    assertThat(deleted.updatedAt()).isEqualTo(pending.updatedAt().plus(Duration.ofHours(3)));
  }

  @Test
  default void writesARowOfHistoryPerChange() {
    NewImage asked = Samples.image();
    registry()
        .images()
        .create(
            new Operation("a/1", "wf", "run", "asked for by alice", Samples.ALICE.in("req-7")),
            asked);
    clock().advance(Duration.ofSeconds(5));
    Operation begin = new Operation("b/1", "image-upload/1", "run-2", "upload by alice");
    registry().uploads().begin(begin, asked.id(), FailurePolicy.REQUEUE, "main", null);
    Image image = reread(asked.id());

    assertThat(registry().history().of(asked.id()))
        .containsExactly(
            new HistoryEntry(
                asked.id(),
                null,
                "queued",
                "create",
                image.createdAt(),
                "asked for by alice",
                "a/1",
                "wf",
                "run",
                Samples.ALICE.user(),
                Samples.ALICE.project(),
                "req-7"),
            new HistoryEntry(
                asked.id(),
                "queued",
                "saving",
                "begin upload",
                image.updatedAt(),
                "upload by alice",
                "b/1",
                "image-upload/1",
                "run-2",
                null,
                null,
                null));
  }

  @Test
  default void changesNothingIfTheUploadEndsInAnUnknownLocation() {
    Image image = saving();
    Location elsewhere =
        registry().uploads().begin(op(), queued().id(), FailurePolicy.KILL, "main", null);

    for (UUID wrong : List.of(UUID.randomUUID(), elsewhere.id())) {
      assertThatThrownBy(() -> registry().uploads().complete(op(), image.id(), wrong, DATA))
          .isInstanceOf(NotFound.class)
          .hasMessageContaining(wrong.toString());
    }

    assertThat(reread(image.id())).isEqualTo(image);
    assertThat(registry().history().of(image.id())).hasSize(2);
    assertThat(registry().locations().find(elsewhere.id())).contains(elsewhere);
  }

  @Test
  default void makesNoImageActiveWhoseDataNobodyMeasured() {
    Image image = saving();
    UUID location = registry().locations().of(image.id()).get(0).id();

    assertThatThrownBy(() -> registry().uploads().complete(op(), image.id(), location, DATA))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("no transfer has written and measured data");
    assertThat(reread(image.id())).isEqualTo(image);

    registry().transferNotes().recordMeasured(image.id(), location, DATA);
    ImageData invented = new ImageData(1, "0".repeat(32), "0".repeat(128));
    Image active = registry().uploads().complete(op(), image.id(), location, invented);
    assertThat(active.size()).isEqualTo(DATA.size());
    assertThat(active.virtualSize()).isEqualTo(DATA.virtualSize());
    assertThat(active.checksum()).isEqualTo(DATA.checksum());
    assertThat(active.osHashValue()).isEqualTo(DATA.sha512());
  }

  @Test
  default void measuresAndCompletesInOneStep() {
    Image image = saving();
    UUID location = registry().locations().of(image.id()).get(0).id();
    Operation complete = op();

    Image active = registry().uploads().completeMeasured(complete, image.id(), location, DATA);

    assertThat(active.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(active.size()).isEqualTo(DATA.size());
    assertThat(active.osHashValue()).isEqualTo(DATA.sha512());
    // By the same operation, whoever does it again.
    ImageData invented = new ImageData(1, "0".repeat(32), "0".repeat(128));
    assertThat(registry().uploads().completeMeasured(complete, image.id(), location, invented))
        .isEqualTo(active);
    assertThat(registry().uploads().complete(complete, image.id(), location, invented))
        .isEqualTo(active);
  }

  @Test
  default void measuresNothingInOneStepOfAnUploadThatIsOver() {
    Image image = saving();
    UUID location = registry().locations().of(image.id()).get(0).id();
    registry().uploads().fail(op(), image.id(), FailurePolicy.REQUEUE);

    assertThatThrownBy(
            () -> registry().uploads().completeMeasured(op(), image.id(), location, DATA))
        .isInstanceOf(Conflict.class);
    registry().uploads().begin(op(), image.id(), FailurePolicy.REQUEUE, "main", null);
    assertThatThrownBy(
            () -> registry().uploads().completeMeasured(op(), image.id(), location, DATA))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("pending_delete");
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.SAVING);
  }

  @Test
  default void takesNoMeasureOfALocationThatIsGivenUp() {
    Image image = saving();
    UUID location = registry().locations().of(image.id()).get(0).id();
    registry().uploads().fail(op(), image.id(), FailurePolicy.REQUEUE);

    assertThatThrownBy(() -> registry().transferNotes().recordMeasured(image.id(), location, DATA))
        .isInstanceOf(Conflict.class);
    assertThatThrownBy(
            () -> registry().transferNotes().recordMeasured(image.id(), UUID.randomUUID(), DATA))
        .isInstanceOf(NotFound.class);
  }

  @Test
  default void refusesToEndAnUploadInACondemnedLocation() {
    UUID id = queued().id();
    Location first = registry().uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null);
    registry().uploads().fail(op(), id, FailurePolicy.REQUEUE);
    registry().uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null);

    assertThatThrownBy(() -> registry().uploads().complete(op(), id, first.id(), DATA))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("pending_delete");
    assertThat(reread(id).status()).isEqualTo(ImageStatus.SAVING);
  }

  @Test
  default void refusesToDeleteAProtectedImage() {
    Image image = registry().images().create(op(), Samples.image(Visibility.SHARED, true));

    assertThatThrownBy(() -> registry().deletions().delete(op(), image.id(), Duration.ZERO))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("protected");
    assertThat(reread(image.id())).isEqualTo(image);
    assertThat(registry().history().of(image.id())).hasSize(1);
  }

  @Test
  default void refusesToEndAScrubWhileALocationIsLeft() {
    Image image = registry().deletions().delete(op(), active().id(), Samples.SCRUB_TIME);

    assertThatThrownBy(() -> registry().deletions().completeScrub(op(), image.id()))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("1 of its locations");
    assertThat(reread(image.id())).isEqualTo(image);
  }
}
