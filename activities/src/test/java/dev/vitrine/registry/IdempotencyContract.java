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
    Image created = registry().createImage(create, asked);
    assertThat(registry().createImage(create, asked)).isEqualTo(created);

    Operation begin = op();
    Location location = registry().beginUpload(begin, id, FailurePolicy.REQUEUE, "main", null);
    assertThat(registry().beginUpload(begin, id, FailurePolicy.REQUEUE, "main", null))
        .isEqualTo(location);

    Operation complete = op();
    registry().recordMeasured(id, location.id(), DATA);
    Image active = registry().completeUpload(complete, id, location.id(), DATA);
    assertThat(registry().completeUpload(complete, id, location.id(), DATA)).isEqualTo(active);

    Operation deactivate = op();
    registry().deactivate(deactivate, id, Samples.ALICE);
    Image reactivated = registry().reactivate(op(), id, (image, by) -> {});
    assertThat(registry().deactivate(deactivate, id, Samples.ALICE)).isEqualTo(reactivated);

    Operation delete = op();
    Image pending = registry().deleteImage(delete, id, Samples.SCRUB_TIME);
    assertThat(registry().deleteImage(delete, id, Samples.SCRUB_TIME)).isEqualTo(pending);

    registry().forgetLocation(location.id());
    Operation scrub = op();
    Image deleted = registry().completeScrub(scrub, id);
    assertThat(registry().completeScrub(scrub, id)).isEqualTo(deleted);

    assertThat(registry().history(id)).hasSize(7);
    assertThat(registry().createImage(create, asked)).isEqualTo(deleted);
    assertThat(registry().completeUpload(complete, id, location.id(), DATA)).isEqualTo(deleted);
    assertThat(registry().history(id)).hasSize(7);
  }

  @Test
  default void repeatsNoAddedLocationAndNoFailure() {
    Operation add = op();
    UUID id = queued().id();
    registry().addLocation(add, id, "http://example.org/");
    registry().addLocation(add, id, "http://example.org/");
    assertThat(registry().locations(id)).hasSize(1);

    Operation fail = op();
    Image saving = saving();
    Image queued = registry().failUpload(fail, saving.id(), FailurePolicy.REQUEUE);
    assertThat(registry().failUpload(fail, saving.id(), FailurePolicy.REQUEUE)).isEqualTo(queued);
    Location next = registry().beginUpload(op(), saving.id(), FailurePolicy.REQUEUE, "main", null);
    assertThat(registry().failUpload(fail, saving.id(), FailurePolicy.REQUEUE).status())
        .isEqualTo(ImageStatus.SAVING);
    assertThat(registry().findLocation(next.id())).contains(next);
  }

  @Test
  default void saysThatARepeatedUploadIsOverOnceItsLocationIsGone() {
    Operation begin = op();
    UUID id = queued().id();
    Location location = registry().beginUpload(begin, id, FailurePolicy.REQUEUE, "main", null);
    registry().failUpload(op(), id, FailurePolicy.REQUEUE);
    registry().forgetLocation(location.id());

    assertThatThrownBy(() -> registry().beginUpload(begin, id, FailurePolicy.REQUEUE, "main", null))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("is over");
    assertThat(reread(id).status()).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  default void saysThatARepeatedUploadIsOverWhileItsDataIsLeft() {
    Operation failed = op();
    UUID id = queued().id();
    registry().beginUpload(failed, id, FailurePolicy.REQUEUE, "main", null);
    registry().failUpload(op(), id, FailurePolicy.REQUEUE);
    Operation done = op();
    Location location = registry().beginUpload(done, id, FailurePolicy.REQUEUE, "main", null);
    registry().recordMeasured(id, location.id(), DATA);
    Image active = registry().completeUpload(op(), id, location.id(), DATA);

    for (Operation begin : List.of(failed, done)) {
      assertThatThrownBy(
              () -> registry().beginUpload(begin, id, FailurePolicy.REQUEUE, "main", null))
          .isInstanceOf(Conflict.class)
          .hasMessageContainingAll(id.toString(), begin.workflowId(), "is over");
    }
    assertThat(reread(id)).isEqualTo(active);
  }

  @Test
  default void failsNoOtherUploadThanItsOwn() {
    UUID id = queued().id();
    Location first = registry().beginUpload(op(), id, FailurePolicy.REQUEUE, "main", null);
    registry().failUpload(op(), id, FailurePolicy.REQUEUE, first.id());
    Location second = registry().beginUpload(op(), id, FailurePolicy.REQUEUE, "main", null);

    assertThatThrownBy(() -> registry().failUpload(op(), id, FailurePolicy.REQUEUE, first.id()))
        .isInstanceOf(Conflict.class)
        .hasMessageContainingAll(id.toString(), first.id().toString());
    assertThat(reread(id).status()).isEqualTo(ImageStatus.SAVING);
    assertThat(registry().findLocation(second.id())).contains(second);
    registry().forgetLocation(first.id());
    assertThatThrownBy(() -> registry().failUpload(op(), id, FailurePolicy.REQUEUE, first.id()))
        .isInstanceOf(Conflict.class);
    assertThat(registry().failUpload(op(), id, FailurePolicy.KILL, second.id()).status())
        .isEqualTo(ImageStatus.KILLED);
  }

  @Test
  default void countsUploadsAndKnowsTheLastOnesWorkflow() {
    UUID id = queued().id();
    assertThat(registry().uploads(id)).isEqualTo(new ImageUploads(0, null));

    Operation first = new Operation("first-" + id, "image-upload/1", "run", "a test");
    registry().beginUpload(first, id, FailurePolicy.REQUEUE, "main", null);
    registry().beginUpload(first, id, FailurePolicy.REQUEUE, "main", null);
    assertThat(registry().uploads(id)).isEqualTo(new ImageUploads(1, first.workflowId()));
    assertThatThrownBy(() -> registry().beginUpload(op(), id, FailurePolicy.REQUEUE, "main", null))
        .isInstanceOf(Conflict.class);
    registry().failUpload(op(), id, FailurePolicy.REQUEUE);
    assertThat(registry().uploads(id)).isEqualTo(new ImageUploads(1, first.workflowId()));

    Operation second = new Operation("second-" + id, "image-upload/2", "run", "a test");
    registry().beginUpload(second, id, FailurePolicy.REQUEUE, "main", null);
    assertThat(registry().uploads(id)).isEqualTo(new ImageUploads(2, second.workflowId()));
    UUID unknown = UUID.randomUUID();
    assertThatThrownBy(() -> registry().uploads(unknown)).isInstanceOf(NotFound.class);
  }

  @Test
  default void repeatsNoChangeOfATask() {
    UUID id = UUID.randomUUID();
    UUID imageId = UUID.randomUUID();
    Operation create = op();
    Operation start = op();
    Operation succeed = op();
    registry().createTask(create, id, Samples.IMPORT, Samples.ALICE);
    registry().startTask(start, id, imageId);
    Task done = registry().succeedTask(succeed, id, Map.of("image_id", imageId.toString()));

    assertThat(registry().createTask(create, id, Samples.IMPORT, Samples.ALICE)).isEqualTo(done);
    assertThat(registry().startTask(start, id, imageId)).isEqualTo(done);
    assertThat(registry().succeedTask(succeed, id, Map.of())).isEqualTo(done);
    assertThat(registry().history(id)).hasSize(3);
  }

  @Test
  default void refusesOneOperationIdForTwoThings() {
    Operation operation = op();
    Image image = registry().createImage(operation, Samples.image());
    Image other = queued();

    assertThatThrownBy(() -> registry().createImage(operation, Samples.image()))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining(operation.id())
        .hasMessageContaining(image.id().toString());
    assertThatThrownBy(() -> registry().deleteImage(operation, other.id(), Duration.ZERO))
        .isInstanceOf(Conflict.class);
    assertThat(reread(other.id())).isEqualTo(other);
  }
}
