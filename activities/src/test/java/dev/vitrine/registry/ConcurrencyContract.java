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
            THREADS, i -> either(i).uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null));

    assertThat(outcomes).filteredOn(Location.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(THREADS - 1);
    assertThat(registry().locations().of(id)).hasSize(1);
    assertThat(registry().history().of(id)).hasSize(2);
  }

  @Test
  default void makesOneChangeOfOneOperation() throws Exception {
    UUID id = queued().id();
    Operation operation = op();

    List<Object> outcomes =
        Together.run(
            THREADS,
            i -> either(i).uploads().begin(operation, id, FailurePolicy.REQUEUE, "main", null));

    Location location = registry().locations().of(id).get(0);
    assertThat(outcomes).hasSize(THREADS).containsOnly(location);
    assertThat(registry().locations().of(id)).hasSize(1);
    assertThat(registry().history().of(id)).hasSize(2);
  }

  @Test
  default void createsAnImageOnce() throws Exception {
    NewImage asked = Samples.image();

    List<Object> outcomes = Together.run(THREADS, i -> either(i).images().create(op(), asked));

    assertThat(outcomes).filteredOn(Image.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(THREADS - 1);
    assertThat(registry().history().of(asked.id())).hasSize(1);
  }

  @Test
  default void createsAnImageOnceForOneOperation() throws Exception {
    NewImage asked = Samples.image();
    Operation operation = op();

    List<Object> outcomes = Together.run(THREADS, i -> either(i).images().create(operation, asked));

    assertThat(outcomes).containsOnly(reread(asked.id()));
    assertThat(registry().history().of(asked.id())).hasSize(1);
  }

  @Test
  default void decidesAgainWhenAnotherWasFaster() throws Exception {
    UUID id = active().id();

    List<Object> outcomes =
        Together.run(
            THREADS,
            i ->
                i % 3 == 0
                    ? either(i).images().deactivate(op(), id, Samples.ALICE)
                    : either(i).images().reactivate(op(), id, (image, by) -> {}));

    assertThat(outcomes).hasSize(THREADS).allMatch(Image.class::isInstance);
    Image image = reread(id);
    assertThat(registry().history().of(id)).hasSize((int) image.version());
  }

  @Test
  default void losesNoWriteAmongMany() throws Exception {
    List<Object> outcomes =
        Together.run(
            THREADS,
            i -> {
              Registry registry = either(i);
              for (int round = 0; round < 5; round++) {
                UUID id = registry.images().create(op(), Samples.image()).id();
                registry.uploads().begin(op(), id, FailurePolicy.REQUEUE, "main", null);
                registry.uploads().fail(op(), id, FailurePolicy.REQUEUE);
                registry.deletions().delete(op(), id, Duration.ZERO);
                registry.locations().of(id).forEach(l -> registry.locations().forget(l.id()));
              }
              return "done";
            });

    assertThat(outcomes).containsOnly("done");
  }

  @Test
  default void settlesATaskOnceWhileItsProgressIsRecorded() throws Exception {
    UUID id = UUID.randomUUID();
    registry().tasks().create(op(), id, Samples.IMPORT, Samples.ALICE);
    registry().taskRuns().start(op(), id, UUID.randomUUID());

    List<Object> outcomes =
        Together.run(
            THREADS,
            i -> {
              either(i).transferNotes().recordProgress(id, new Progress("transfer", i, 100L, 1, 1));
              return i % 2 == 0
                  ? either(i).taskRuns().succeed(op(), id, Map.of())
                  : either(i).taskRuns().fail(op(), id, null, "cancelled");
            });

    assertThat(outcomes).filteredOn(Task.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(THREADS - 1);
    assertThat(registry().tasks().find(id).orElseThrow().status()).matches(TaskStatus::isFinal);
    assertThat(registry().history().of(id)).hasSize(3);
  }

  @Test
  default void deletesASavingImageOnlyOnce() throws Exception {
    UUID id = saving().id();

    List<Object> outcomes =
        Together.run(
            THREADS,
            i ->
                i % 2 == 0
                    ? either(i).deletions().delete(op(), id, Duration.ZERO)
                    : either(i).uploads().fail(op(), id, FailurePolicy.KILL));

    assertThat(outcomes).filteredOn(Image.class::isInstance).hasSizeBetween(1, 2);
    assertThat(outcomes).allMatch(o -> o instanceof Image || o instanceof Conflict);
    assertThat(reread(id).status()).isEqualTo(ImageStatus.DELETED);
  }
}
