package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Data that waits for its import. */
interface StageContract extends RegistryFixture {

  private List<Location> locations(UUID imageId) {
    return registry().locations().of(imageId);
  }

  @Test
  default void recordsThePlaceBeforeTheFirstByte() {
    Image image = queued();

    Location location = registry().imports().beginStage(op(), image.id(), "fast", null);

    assertThat(location.store()).isEqualTo("fast");
    assertThat(location.status()).isEqualTo(LocationStatus.PENDING);
    assertThat(location.key()).isEqualTo(image.id() + "/" + location.id());
    assertThat(locations(image.id())).containsExactly(location);
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.UPLOADING);
    assertThat(registry().uploads().of(image.id()).workflowId()).isEqualTo("image-upload/x");
  }

  @Test
  default void aRepeatOfTheBeginningGetsTheSamePlace() {
    Image image = queued();
    Operation operation = op();
    Location first = registry().imports().beginStage(operation, image.id(), "fast", null);

    assertThat(secondRegistry().imports().beginStage(operation, image.id(), "fast", null))
        .isEqualTo(first);

    registry().imports().failStage(op(), image.id(), first.id());
    assertThatThrownBy(() -> registry().imports().beginStage(operation, image.id(), "fast", null))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("is over");
  }

  @Test
  default void isNotCompleteBeforeSomebodyHasMeasuredTheData() {
    Location location = registry().imports().beginStage(op(), queued().id(), "fast", null);

    assertThatThrownBy(() -> registry().imports().completeStage(location.imageId(), location.id()))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("measured");

    registry().transferNotes().recordMeasured(location.imageId(), location.id(), DATA);
    Image staged = registry().imports().completeStage(location.imageId(), location.id());

    assertThat(staged.status()).isEqualTo(ImageStatus.UPLOADING);
    assertThat(staged.size()).isNull();
    assertThat(registry().locations().measured(location.id())).contains(DATA);
  }

  @Test
  default void isCompleteAlsoWhereItsImportWasFaster() {
    Location location = staged("fast");
    begin(UUID.randomUUID(), location.imageId(), ImportMethod.GLANCE_DIRECT, "fast");

    assertThat(registry().imports().completeStage(location.imageId(), location.id()).status())
        .isEqualTo(ImageStatus.IMPORTING);

    Location gone = staged("fast");
    registry().imports().failStage(op(), gone.imageId(), gone.id());
    assertThatThrownBy(() -> registry().imports().completeStage(gone.imageId(), gone.id()))
        .isInstanceOf(Conflict.class);
  }

  @Test
  default void oneThatFailsLeavesAQueuedImageAndItsDataToRemove() {
    Location location = staged("fast");

    Image image = registry().imports().failStage(op(), location.imageId(), location.id());

    assertThat(image.status()).isEqualTo(ImageStatus.QUEUED);
    assertThat(locations(image.id()))
        .singleElement()
        .extracting(Location::status)
        .isEqualTo(LocationStatus.PENDING_DELETE);
  }

  @Test
  default void anotherStagesFailureChangesNothing() {
    Location location = staged("fast");

    assertThatThrownBy(
            () -> registry().imports().failStage(op(), location.imageId(), UUID.randomUUID()))
        .isInstanceOf(Conflict.class);

    assertThat(reread(location.imageId()).status()).isEqualTo(ImageStatus.UPLOADING);
  }

  @Test
  default void aDeletedImageCondemnsWhatIsStaged() {
    Location location = staged("fast");

    registry().deletions().delete(op(), location.imageId(), Samples.SCRUB_TIME);

    assertThat(reread(location.imageId()).status()).isEqualTo(ImageStatus.DELETED);
    assertThat(locations(location.imageId()))
        .singleElement()
        .extracting(Location::status)
        .isEqualTo(LocationStatus.PENDING_DELETE);
  }

  @Test
  default void takesFromTheQuotaWhatIsStaged() {
    UUID id = queued().id();
    Location location = narrowRegistry().imports().beginStage(op(), id, "fast", 600L);

    assertThatThrownBy(
            () ->
                narrowRegistry()
                    .uploads()
                    .begin(op(), queued().id(), FailurePolicy.REQUEUE, "main", 401L))
        .isInstanceOf(TooLarge.class);
    assertThat(registry().images().usage("mars").uploading()).isEqualTo(1);

    assertThat(registry().images().usage("mars").staged()).isEqualTo(600);

    narrowRegistry().transferNotes().reserve(id, location.id(), 900);
    assertThatThrownBy(() -> narrowRegistry().transferNotes().reserve(id, location.id(), 1001))
        .isInstanceOf(TooLarge.class);
    registry().imports().failStage(op(), id, location.id());
    assertThat(registry().images().usage("mars").bytes()).isZero();
    assertThat(registry().images().usage("mars").uploading()).isZero();
  }

  @Test
  default void isInTransitUntilItIsStagedAndAfterTheStagingTime() {
    Location begun = registry().imports().beginStage(op(), queued().id(), "fast", null);
    clock().advance(Duration.ofSeconds(1));
    Location waiting = staged("fast");

    assertThat(stages()).containsExactly(begun.imageId());

    clock().advance(Duration.ofHours(24).plusSeconds(1));
    assertThat(stages()).containsExactly(begun.imageId(), waiting.imageId());

    registry().imports().failStage(op(), waiting.imageId(), null);
    assertThat(stages()).containsExactly(begun.imageId());
  }

  private List<UUID> stages() {
    return registry().backlog().page(Finding.Kind.ABANDONED_STAGE, null, 10).stream()
        .map(BacklogRow::id)
        .toList();
  }
}
