package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A change asked for twice under one operation id happens once, whatever came in between. */
interface IdempotencyContract extends RegistryFixture {

  @Test
  default void repeatsNoChangeOfAnImage() {
    NewImage asked = Samples.image();
    UUID id = asked.id();
    Operation create = op();
    Image created = registry().images().create(create, asked);
    assertThat(registry().images().create(create, asked)).isEqualTo(created);

    Operation begin = op();
    Location location = registry().uploads().begin(begin, id, FailurePolicy.REQUEUE, "main", null);
    assertThat(registry().uploads().begin(begin, id, FailurePolicy.REQUEUE, "main", null))
        .isEqualTo(location);

    Operation complete = op();
    registry().transferNotes().recordMeasured(id, location.id(), DATA);
    Image active = registry().uploads().complete(complete, id, location.id(), DATA);
    assertThat(registry().uploads().complete(complete, id, location.id(), DATA)).isEqualTo(active);

    Operation deactivate = op();
    registry().images().deactivate(deactivate, id, Samples.ALICE);
    Image reactivated = registry().images().reactivate(op(), id, (image, by) -> {});
    assertThat(registry().images().deactivate(deactivate, id, Samples.ALICE))
        .isEqualTo(reactivated);

    Operation delete = op();
    Image pending = registry().deletions().delete(delete, id, Samples.SCRUB_TIME);
    assertThat(registry().deletions().delete(delete, id, Samples.SCRUB_TIME)).isEqualTo(pending);

    registry().locations().forget(location.id());
    Operation scrub = op();
    Image deleted = registry().deletions().completeScrub(scrub, id);
    assertThat(registry().deletions().completeScrub(scrub, id)).isEqualTo(deleted);

    assertThat(registry().history().of(id)).hasSize(7);
    assertThat(registry().images().create(create, asked)).isEqualTo(deleted);
    assertThat(registry().uploads().complete(complete, id, location.id(), DATA)).isEqualTo(deleted);
    assertThat(registry().history().of(id)).hasSize(7);
  }

  @Test
  default void repeatsNoAddedLocationAndNoFailure() {
    Operation add = op();
    UUID id = queued().id();
    registry().locationChanges().addFirst(add, id, "http://example.org/");
    registry().locationChanges().addFirst(add, id, "http://example.org/");
    assertThat(registry().locations().of(id)).hasSize(1);

    Operation fail = op();
    Image saving = saving();
    Image queued = registry().uploads().fail(fail, saving.id(), FailurePolicy.REQUEUE);
    assertThat(registry().uploads().fail(fail, saving.id(), FailurePolicy.REQUEUE))
        .isEqualTo(queued);
    Location next =
        registry().uploads().begin(op(), saving.id(), FailurePolicy.REQUEUE, "main", null);
    assertThat(registry().uploads().fail(fail, saving.id(), FailurePolicy.REQUEUE).status())
        .isEqualTo(ImageStatus.SAVING);
    assertThat(registry().locations().find(next.id())).contains(next);
  }

  @Test
  default void saysThatARepeatedUploadIsOverOnceItsLocationIsGone() {
    Operation begin = op();
    UUID id = queued().id();
    Location location = registry().uploads().begin(begin, id, FailurePolicy.REQUEUE, "main", null);
    registry().uploads().fail(op(), id, FailurePolicy.REQUEUE);
    registry().locations().forget(location.id());

    assertThatThrownBy(
            () -> registry().uploads().begin(begin, id, FailurePolicy.REQUEUE, "main", null))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("is over");
    assertThat(reread(id).status()).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  default void saysThatARepeatedUploadIsOverWhileItsDataIsLeft() {
    Operation failed = op();
    UUID id = queued().id();
    registry().uploads().begin(failed, id, FailurePolicy.REQUEUE, "main", null);
    registry().uploads().fail(op(), id, FailurePolicy.REQUEUE);
    Operation done = op();
    Location location = registry().uploads().begin(done, id, FailurePolicy.REQUEUE, "main", null);
    registry().transferNotes().recordMeasured(id, location.id(), DATA);
    Image active = registry().uploads().complete(op(), id, location.id(), DATA);

    for (Operation begin : List.of(failed, done)) {
      assertThatThrownBy(
              () -> registry().uploads().begin(begin, id, FailurePolicy.REQUEUE, "main", null))
          .isInstanceOf(Conflict.class)
          .hasMessageContainingAll(id.toString(), begin.workflowId(), "is over");
    }
    assertThat(reread(id)).isEqualTo(active);
  }

  @Test
  default void failsNoOtherUploadThanItsOwn() {
    UUID id = queued().id();
    Location first = registry().uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null);
    registry().uploads().fail(op(), id, FailurePolicy.REQUEUE, first.id());
    Location second = registry().uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null);

    assertThatThrownBy(() -> registry().uploads().fail(op(), id, FailurePolicy.REQUEUE, first.id()))
        .isInstanceOf(Conflict.class)
        .hasMessageContainingAll(id.toString(), first.id().toString());
    assertThat(reread(id).status()).isEqualTo(ImageStatus.SAVING);
    assertThat(registry().locations().find(second.id())).contains(second);
    registry().locations().forget(first.id());
    assertThatThrownBy(() -> registry().uploads().fail(op(), id, FailurePolicy.REQUEUE, first.id()))
        .isInstanceOf(Conflict.class);
    assertThat(registry().uploads().fail(op(), id, FailurePolicy.KILL, second.id()).status())
        .isEqualTo(ImageStatus.KILLED);
  }

  @Test
  default void countsUploadsAndKnowsTheLastOnesWorkflow() {
    UUID id = queued().id();
    assertThat(registry().uploads().of(id)).isEqualTo(new ImageUploads(0, null));

    Operation first = new Operation("first-" + id, "image-upload/1", "run", "a test");
    registry().uploads().begin(first, id, FailurePolicy.REQUEUE, "main", null);
    registry().uploads().begin(first, id, FailurePolicy.REQUEUE, "main", null);
    assertThat(registry().uploads().of(id)).isEqualTo(new ImageUploads(1, first.workflowId()));
    assertThatThrownBy(
            () -> registry().uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null))
        .isInstanceOf(Conflict.class);
    registry().uploads().fail(op(), id, FailurePolicy.REQUEUE);
    assertThat(registry().uploads().of(id)).isEqualTo(new ImageUploads(1, first.workflowId()));

    Operation second = new Operation("second-" + id, "image-upload/2", "run", "a test");
    registry().uploads().begin(second, id, FailurePolicy.REQUEUE, "main", null);
    assertThat(registry().uploads().of(id)).isEqualTo(new ImageUploads(2, second.workflowId()));
    UUID unknown = UUID.randomUUID();
    assertThatThrownBy(() -> registry().uploads().of(unknown)).isInstanceOf(NotFound.class);
  }

  @Test
  default void repeatsNoChangeOfATask() {
    UUID id = UUID.randomUUID();
    UUID imageId = UUID.randomUUID();
    Operation create = op();
    Operation start = op();
    Operation succeed = op();
    registry().tasks().create(create, id, Samples.IMPORT, Samples.ALICE);
    registry().taskRuns().start(start, id, imageId);
    Task done = registry().taskRuns().succeed(succeed, id, Map.of("image_id", imageId.toString()));

    assertThat(registry().tasks().create(create, id, Samples.IMPORT, Samples.ALICE))
        .isEqualTo(done);
    assertThat(registry().taskRuns().start(start, id, imageId)).isEqualTo(done);
    assertThat(registry().taskRuns().succeed(succeed, id, Map.of())).isEqualTo(done);
    assertThat(registry().history().of(id)).hasSize(3);
  }

  @Test
  default void refusesOneOperationIdForTwoThings() {
    Operation operation = op();
    Image image = registry().images().create(operation, Samples.image());
    Image other = queued();

    assertThatThrownBy(() -> registry().images().create(operation, Samples.image()))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining(operation.id())
        .hasMessageContaining(image.id().toString());
    assertThatThrownBy(() -> registry().deletions().delete(operation, other.id(), Duration.ZERO))
        .isInstanceOf(Conflict.class);
    assertThat(reread(other.id())).isEqualTo(other);
  }
}
