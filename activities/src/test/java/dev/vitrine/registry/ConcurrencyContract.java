package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Threads of two processes at once, each with a registry of its own on one database. */
interface ConcurrencyContract extends RegistryFixture {

  int THREADS = 12;

  private Registry either(int i) {
    return i % 2 == 0 ? registry() : secondRegistry();
  }

  @Test
  default void letsExactlyOneUploadHoldAnImage() throws Exception {
    UUID id = queued().id();

    List<Object> outcomes =
        Together.run(
            THREADS, i -> either(i).beginUpload(op(), id, FailurePolicy.REQUEUE, "main", null));

    assertThat(outcomes).filteredOn(Location.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(THREADS - 1);
    assertThat(registry().locations(id)).hasSize(1);
    assertThat(registry().history(id)).hasSize(2);
  }

  @Test
  default void makesOneChangeOfOneOperation() throws Exception {
    UUID id = queued().id();
    Operation operation = op();

    List<Object> outcomes =
        Together.run(
            THREADS,
            i -> either(i).beginUpload(operation, id, FailurePolicy.REQUEUE, "main", null));

    Location location = registry().locations(id).get(0);
    assertThat(outcomes).hasSize(THREADS).containsOnly(location);
    assertThat(registry().locations(id)).hasSize(1);
    assertThat(registry().history(id)).hasSize(2);
  }

  @Test
  default void createsAnImageOnce() throws Exception {
    NewImage asked = Samples.image();

    List<Object> outcomes = Together.run(THREADS, i -> either(i).createImage(op(), asked));

    assertThat(outcomes).filteredOn(Image.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(THREADS - 1);
    assertThat(registry().history(asked.id())).hasSize(1);
  }

  @Test
  default void createsAnImageOnceForOneOperation() throws Exception {
    NewImage asked = Samples.image();
    Operation operation = op();

    List<Object> outcomes = Together.run(THREADS, i -> either(i).createImage(operation, asked));

    assertThat(outcomes).containsOnly(reread(asked.id()));
    assertThat(registry().history(asked.id())).hasSize(1);
  }

  @Test
  default void decidesAgainWhenAnotherWasFaster() throws Exception {
    UUID id = active().id();

    List<Object> outcomes =
        Together.run(
            THREADS,
            i ->
                i % 3 == 0
                    ? either(i).deactivate(op(), id, Samples.ALICE)
                    : either(i).reactivate(op(), id, (image, by) -> {}));

    assertThat(outcomes).hasSize(THREADS).allMatch(Image.class::isInstance);
    Image image = reread(id);
    assertThat(registry().history(id)).hasSize((int) image.version());
  }

  @Test
  default void losesNoWriteAmongMany() throws Exception {
    List<Object> outcomes =
        Together.run(
            THREADS,
            i -> {
              Registry registry = either(i);
              for (int round = 0; round < 5; round++) {
                UUID id = registry.createImage(op(), Samples.image()).id();
                registry.beginUpload(op(), id, FailurePolicy.REQUEUE, "main", null);
                registry.failUpload(op(), id, FailurePolicy.REQUEUE);
                registry.deleteImage(op(), id, Duration.ZERO);
                registry.locations(id).forEach(l -> registry.forgetLocation(l.id()));
              }
              return "done";
            });

    assertThat(outcomes).containsOnly("done");
  }

  @Test
  default void settlesATaskOnceWhileItsProgressIsRecorded() throws Exception {
    UUID id = UUID.randomUUID();
    registry().createTask(op(), id, Samples.IMPORT, Samples.ALICE);
    registry().startTask(op(), id, UUID.randomUUID());

    List<Object> outcomes =
        Together.run(
            THREADS,
            i -> {
              either(i).recordProgress(id, new Progress("transfer", i, 100L, 1, 1));
              return i % 2 == 0
                  ? either(i).succeedTask(op(), id, Map.of())
                  : either(i).failTask(op(), id, null, "cancelled");
            });

    assertThat(outcomes).filteredOn(Task.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(THREADS - 1);
    assertThat(registry().findTask(id).orElseThrow().status()).matches(TaskStatus::isFinal);
    assertThat(registry().history(id)).hasSize(3);
  }

  @Test
  default void deletesASavingImageOnlyOnce() throws Exception {
    UUID id = saving().id();

    List<Object> outcomes =
        Together.run(
            THREADS,
            i ->
                i % 2 == 0
                    ? either(i).deleteImage(op(), id, Duration.ZERO)
                    : either(i).failUpload(op(), id, FailurePolicy.KILL));

    assertThat(outcomes).filteredOn(Image.class::isInstance).hasSizeBetween(1, 2);
    assertThat(outcomes).allMatch(o -> o instanceof Image || o instanceof Conflict);
    assertThat(reread(id).status()).isEqualTo(ImageStatus.DELETED);
  }
}
