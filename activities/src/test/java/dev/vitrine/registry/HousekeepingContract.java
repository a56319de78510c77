package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Finding.Kind;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is left to do, and what is removed when its time is over. */
interface HousekeepingContract extends RegistryFixture {

  @Test
  default void countsWhatIsInTransit() {
    InTransit before = registry().backlog().count();
    saving();
    imageThatIs(ImageStatus.IMPORTING);
    active();

    InTransit after = secondRegistry().backlog().count();

    assertThat(after.images())
        .containsOnlyKeys(
            ImageStatus.SAVING,
            ImageStatus.UPLOADING,
            ImageStatus.IMPORTING,
            ImageStatus.PENDING_DELETE)
        .containsEntry(ImageStatus.SAVING, before.images().get(ImageStatus.SAVING) + 1)
        .containsEntry(ImageStatus.UPLOADING, before.images().get(ImageStatus.UPLOADING))
        .containsEntry(ImageStatus.IMPORTING, before.images().get(ImageStatus.IMPORTING) + 1);
    assertThat(after.tasks()).containsOnlyKeys(TaskStatus.PENDING, TaskStatus.PROCESSING);
  }

  @Test
  default void listsWhatIsInTransit() {
    for (ImageStatus status : ImageStatus.values()) {
      imageThatIs(status);
    }
    Image saving = saving();
    clock().advance(Duration.ofSeconds(1));
    Image younger = saving();

    assertThat(suspects(Kind.ABANDONED_UPLOAD))
        .hasSize(3)
        .extracting(BacklogRow::imageId)
        .contains(saving.id())
        .endsWith(younger.id());
    assertThat(registry().backlog().page(Kind.ABANDONED_UPLOAD, null, 2)).hasSize(2);
  }

  @Test
  default void listsTasksThatHaveNotEnded() {
    Task pending =
        registry().tasks().create(op(), UUID.randomUUID(), Samples.IMPORT, Samples.ALICE);
    clock().advance(Duration.ofSeconds(1));
    UUID second = UUID.randomUUID();
    registry().tasks().create(op(), second, Samples.IMPORT, Samples.ALICE);
    Task processing = registry().taskRuns().start(op(), second, UUID.randomUUID());
    UUID third = UUID.randomUUID();
    registry().tasks().create(op(), third, Samples.IMPORT, Samples.ALICE);
    registry().taskRuns().fail(op(), third, null, "no");

    assertThat(suspects(Kind.ABANDONED_TASK))
        .extracting(BacklogRow::id)
        .containsExactly(pending.id(), processing.id());
  }

  @Test
  default void listsDeletionsThatHaveNotEndedOnceTheirTimeHasCome() {
    queued();
    active();
    imageThatIs(ImageStatus.DELETED);
    Image sleeping = imageThatIs(ImageStatus.PENDING_DELETE);
    clock().advance(Duration.ofSeconds(1));
    Image deletedWithData = registry().deletions().delete(op(), active().id(), Duration.ZERO);

    assertThat(suspects(Kind.UNFINISHED_DELETION))
        .extracting(BacklogRow::id)
        .containsExactly(deletedWithData.id());

    clock().advance(Samples.SCRUB_TIME);
    List<BacklogRow> due = suspects(Kind.UNFINISHED_DELETION);
    assertThat(due).extracting(BacklogRow::id).containsExactly(sleeping.id(), deletedWithData.id());
    assertThat(due).allMatch(registry().backlog()::holds);

    registry()
        .locations()
        .of(deletedWithData.id())
        .forEach(location -> registry().locations().forget(location.id()));
    assertThat(suspects(Kind.UNFINISHED_DELETION))
        .extracting(BacklogRow::id)
        .containsExactly(sleeping.id());
    assertThat(registry().backlog().holds(due.get(1))).isFalse();
  }

  @Test
  default void listsLocationsLeftOverOfLivingImages() {
    active();
    registry().deletions().delete(op(), active().id(), Duration.ZERO);
    registry().deletions().delete(op(), active().id(), Samples.SCRUB_TIME);
    Image requeued = registry().uploads().fail(op(), saving().id(), FailurePolicy.REQUEUE);
    clock().advance(Duration.ofSeconds(1));
    Image killed = registry().uploads().fail(op(), saving().id(), FailurePolicy.KILL);

    List<BacklogRow> left = suspects(Kind.LEFTOVER_LOCATION);
    assertThat(left).extracting(BacklogRow::imageId).containsExactly(requeued.id(), killed.id());
    assertThat(left)
        .extracting(BacklogRow::store)
        .containsOnly(registry().locations().of(killed.id()).get(0).store());
  }

  @Test
  default void aRowInTransitHoldsUntilItChanges() {
    UUID id = saving().id();
    BacklogRow upload = suspects(Kind.ABANDONED_UPLOAD).get(0);
    assertThat(registry().backlog().holds(upload)).isTrue();
    clock().advance(Duration.ofSeconds(1));

    registry().uploads().fail(op(), id, FailurePolicy.REQUEUE);
    assertThat(registry().backlog().holds(upload)).isFalse();

    registry().uploads().begin(op(), id, FailurePolicy.KILL, "main", null);
    assertThat(registry().backlog().holds(upload)).isFalse();
  }

  @Test
  default void goesThroughTheBacklogInPagesThoughMomentsAreShared() {
    for (int i = 0; i < 7; i++) {
      saving();
      if (i % 3 == 0) {
        clock().advance(Duration.ofSeconds(1));
      }
    }
    List<BacklogRow> all = suspects(Kind.ABANDONED_UPLOAD);
    assertThat(all).hasSize(7).isSortedAccordingTo(Comparator.comparing(BacklogRow::since));

    List<BacklogRow> inPages = new ArrayList<>();
    List<BacklogRow> page = registry().backlog().page(Kind.ABANDONED_UPLOAD, null, 2);
    while (!page.isEmpty()) {
      inPages.addAll(page);
      page =
          registry()
              .backlog()
              .page(Kind.ABANDONED_UPLOAD, inPages.get(inPages.size() - 1).mark(), 2);
    }

    assertThat(inPages).isEqualTo(all);
  }

  private List<BacklogRow> suspects(Kind kind) {
    return registry().backlog().page(kind, null, 100);
  }

  @Test
  default void removesTasksWhoseTimeIsOver() {
    UUID expired = UUID.randomUUID();
    registry().tasks().create(op(), expired, Samples.IMPORT, Samples.ALICE);
    registry().taskRuns().fail(op(), expired, null, "no");
    UUID running = UUID.randomUUID();
    registry().tasks().create(op(), running, Samples.IMPORT, Samples.ALICE);
    clock().advance(Duration.ofHours(47));
    UUID recent = UUID.randomUUID();
    registry().tasks().create(op(), recent, Samples.IMPORT, Samples.ALICE);
    registry().taskRuns().start(op(), recent, UUID.randomUUID());
    registry().taskRuns().succeed(op(), recent, Map.of());
    assertThat(registry().housekeeping().expiredTasks(10)).isEmpty();
    assertThat(registry().housekeeping().removeExpiredTasks()).isZero();

    clock().advance(Duration.ofHours(1));

    assertThat(registry().housekeeping().expiredTasks(10)).containsExactly(expired);
    assertThat(registry().housekeeping().expiredTasks(0)).isEmpty();

    assertThat(registry().housekeeping().removeExpiredTasks()).isEqualTo(1);
    assertThat(registry().tasks().find(expired)).isEmpty();
    assertThat(registry().history().of(expired)).isEmpty();
    assertThat(registry().tasks().find(running)).isPresent();
    assertThat(registry().tasks().find(recent)).isPresent();
    assertThat(registry().history().of(recent)).hasSize(3);
    assertThatThrownBy(
            () -> registry().tasks().create(op(), expired, Samples.IMPORT, Samples.ALICE))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("reserved");
  }

  @Test
  default void purgesDeletedImagesAndKeepsTheirIds() {
    NewImage asked = Samples.image(Map.of("a", "b"), List.of("c"));
    registry().images().create(op(), asked);
    registry().deletions().delete(op(), asked.id(), Duration.ZERO);
    Image shared = queued();
    registry().members().add(shared.id(), "venus");
    registry().deletions().delete(op(), shared.id(), Duration.ZERO);
    clock().advance(Duration.ofDays(30).minusNanos(1000));
    assertThat(registry().housekeeping().purgeableImages(10)).isEmpty();
    assertThat(registry().housekeeping().purgeDeletedImages()).isZero();

    clock().advance(Duration.ofNanos(1000));

    assertThat(registry().housekeeping().purgeableImages(10))
        .containsExactlyInAnyOrder(asked.id(), shared.id());
    assertThat(registry().housekeeping().purgeableImages(1)).hasSize(1);
    assertThat(registry().lookup().find(asked.id())).isPresent();

    assertThat(registry().housekeeping().purgeDeletedImages()).isEqualTo(2);
    assertThat(registry().lookup().find(asked.id())).isEmpty();
    assertThat(registry().history().of(asked.id())).isEmpty();
    assertThat(registry().members().of(shared.id())).isEmpty();
    assertThatThrownBy(() -> registry().images().create(op(), asked))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("reserved");
    assertThat(registry().lookup().find(asked.id())).isEmpty();
  }

  @Test
  default void purgesNothingElse() {
    Image queued = queued();
    Image active = active();
    Image withData = registry().deletions().delete(op(), active().id(), Duration.ZERO);
    Image pending = imageThatIs(ImageStatus.PENDING_DELETE);
    clock().advance(Duration.ofDays(31));
    Image scrubbedLate = imageThatIs(ImageStatus.PENDING_DELETE);
    clock().advance(Duration.ofDays(31));
    registry().deletions().completeScrub(op(), scrubbedLate.id());

    assertThat(registry().housekeeping().purgeDeletedImages()).isZero();

    for (Image kept : List.of(queued, active, withData, pending, scrubbedLate)) {
      assertThat(registry().lookup().find(kept.id())).isPresent();
    }
  }

  @Test
  default void letsATaskHaveTheIdOfAnImage() {
    Image image = queued();
    registry().tasks().create(op(), image.id(), Samples.IMPORT, Samples.ALICE);
    registry().taskRuns().fail(op(), image.id(), null, "no");
    clock().advance(Duration.ofDays(3));

    assertThat(registry().housekeeping().removeExpiredTasks()).isEqualTo(1);

    assertThat(registry().history().of(image.id())).hasSize(1);
  }
}
