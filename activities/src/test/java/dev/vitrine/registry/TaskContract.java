package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.lifecycle.Decision;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskEvent;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskLifecycle;
import dev.vitrine.task.TaskStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a task keeps, and every edge of it. */
interface TaskContract extends RegistryFixture {

  static Stream<Arguments> taskPairs() {
    return Arrays.stream(TaskStatus.values())
        .flatMap(
            status -> Arrays.stream(TaskEvent.values()).map(event -> Arguments.of(status, event)));
  }

  static Stream<TaskInput> inputs() {
    return Stream.of(
        Samples.IMPORT,
        new TaskInput.Export(UUID.randomUUID(), "file:///exports/ä.qcow2"),
        new TaskInput.Clone(UUID.randomUUID(), Map.of("name", "Kopie 🐧")));
  }

  private Task pending() {
    return registry().tasks().create(op(), UUID.randomUUID(), Samples.IMPORT, Samples.ALICE);
  }

  private Task taskThatIs(TaskStatus status) {
    Task task = pending();
    return switch (status) {
      case PENDING -> task;
      case PROCESSING -> registry().taskRuns().start(op(), task.id(), UUID.randomUUID());
      case SUCCESS -> {
        registry().taskRuns().start(op(), task.id(), UUID.randomUUID());
        yield registry().taskRuns().succeed(op(), task.id(), Map.of("n", 1));
      }
      case FAILURE -> registry().taskRuns().fail(op(), task.id(), null, "it broke");
    };
  }

  @ParameterizedTest
  @MethodSource("dev.vitrine.registry.TaskContract#inputs")
  default void keepsItsInput(TaskInput input) {
    Task task = registry().tasks().create(op(), UUID.randomUUID(), input, Samples.ALICE);

    assertThat(task.input()).isEqualTo(input);
    assertThat(task.type()).isEqualTo(input.taskType());
    assertThat(task.status()).isEqualTo(TaskStatus.PENDING);
    assertThat(task.owner()).isEqualTo("mars");
    assertThat(task.userId()).isEqualTo("alice");
    assertThat(task.createdAt()).isEqualTo(task.updatedAt());
    assertThat(task.version()).isEqualTo(1);
    assertThat(task)
        .extracting(
            Task::result,
            Task::message,
            Task::imageId,
            Task::progress,
            Task::expiresAt,
            Task::retryOf)
        .containsOnlyNulls();
    assertThat(registry().tasks().find(task.id())).contains(task);
  }

  @Test
  default void endsNoExportThatNobodyHasPublished() {
    UUID image = active().id();
    UUID id = UUID.randomUUID();
    TaskInput export = new TaskInput.Export(image, "file:///exports/a");
    registry().tasks().create(op(), id, export, Samples.ALICE);
    registry().transferNotes().recordExported(id); // Nobody can have, before it began.
    Task started = registry().taskRuns().start(op(), id, image);

    assertThatThrownBy(() -> registry().taskRuns().succeed(op(), id, Map.of()))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("nothing has published its data");
    assertThat(registry().tasks().find(id)).contains(started);

    registry().transferNotes().recordExported(id);
    assertThat(registry().taskRuns().succeed(op(), id, Map.of()).status())
        .isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  default void endsNoImportWhoseImageHasNoData() {
    for (ImageStatus without :
        List.of(ImageStatus.QUEUED, ImageStatus.SAVING, ImageStatus.KILLED)) {
      Task started = registry().taskRuns().start(op(), pending().id(), imageThatIs(without).id());

      assertThatThrownBy(() -> registry().taskRuns().succeed(op(), started.id(), Map.of()))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("is " + without);
      assertThat(registry().tasks().find(started.id())).contains(started);
    }
    UUID done = registry().taskRuns().start(op(), pending().id(), active().id()).id();
    assertThat(registry().taskRuns().succeed(op(), done, Map.of()).status())
        .isEqualTo(TaskStatus.SUCCESS);
  }

  @ParameterizedTest
  @MethodSource("dev.vitrine.registry.TaskContract#taskPairs")
  default void doesWhatTheTaskTableDecides(TaskStatus status, TaskEvent event) {
    Task before = taskThatIs(status);
    List<HistoryEntry> historyBefore = registry().history().of(before.id());
    Decision<TaskStatus, TaskEvent> decision = TaskLifecycle.TABLE.decide(status, event);

    if (decision instanceof Decision.Refusal<TaskStatus, TaskEvent> refusal) {
      assertThatThrownBy(() -> fire(before.id(), event))
          .isInstanceOf(Conflict.class)
          .hasMessage(TaskLifecycle.TABLE.explain(before.id(), refusal));
      assertThat(registry().tasks().find(before.id())).contains(before);
      assertThat(registry().history().of(before.id())).isEqualTo(historyBefore);
    } else {
      Task after = fire(before.id(), event);
      List<HistoryEntry> history = registry().history().of(before.id());
      HistoryEntry last = history.get(history.size() - 1);
      assertThat(history).hasSize(historyBefore.size() + 1);
      assertThat(last.from()).isEqualTo(status.wireName());
      assertThat(last.to()).isEqualTo(after.status().wireName());
      assertThat(last.event()).isEqualTo(event.toString());
      assertThat(after.version()).isEqualTo(before.version() + 1);
      assertThat(registry().tasks().find(before.id())).contains(after);
    }
  }

  private Task fire(UUID id, TaskEvent event) {
    return switch (event) {
      case CREATE -> registry().tasks().create(op(), id, Samples.IMPORT, Samples.BOB);
      case START -> registry().taskRuns().start(op(), id, UUID.randomUUID());
      case SUCCEED -> registry().taskRuns().succeed(op(), id, Map.of());
      case FAIL -> registry().taskRuns().fail(op(), id, null, "it broke");
    };
  }

  @Test
  default void keepsTheResultAndWhenItExpires() {
    UUID imageId = UUID.randomUUID();
    Task task = registry().taskRuns().start(op(), pending().id(), imageId);
    assertThat(task.imageId()).isEqualTo(imageId);
    assertThat(task.expiresAt()).isNull();

    Map<String, Object> result =
        Map.of("image_id", imageId.toString(), "size", 5_000_000_000L, "tags", List.of("ä"));
    Task done = registry().taskRuns().succeed(op(), task.id(), result);

    assertThat(done.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(done.result()).isEqualTo(result);
    assertThat(done.message()).isNull();
    assertThat(done.imageId()).isEqualTo(imageId);
    assertThat(done.expiresAt()).isEqualTo(done.updatedAt().plus(Duration.ofDays(2)));
  }

  @Test
  default void hasRoomForAsManyOfAProjectAsMayBe() {
    String project = Samples.ALICE.project();
    taskThatIs(TaskStatus.FAILURE);
    taskThatIs(TaskStatus.SUCCESS);
    Task first = pending();
    narrowRegistry().tasks().requireRoom(project);
    taskThatIs(TaskStatus.PROCESSING);

    assertThatThrownBy(() -> narrowRegistry().tasks().requireRoom(project))
        .isInstanceOf(Unavailable.class)
        .hasMessage(
            "project %s has 2 tasks that are not over, as many as it may; wait for one, or cancel it"
                .formatted(project));
    narrowRegistry().tasks().requireRoom("another project");
    registry().tasks().requireRoom(project);
    registry().taskRuns().fail(op(), first.id(), null, "it broke");
    narrowRegistry().tasks().requireRoom(project);
  }

  @Test
  default void keepsTheMessageOfAFailure() {
    UUID imageId = UUID.randomUUID();
    Task processing = registry().taskRuns().start(op(), pending().id(), imageId);

    Task failed =
        registry().taskRuns().fail(op(), processing.id(), null, "transfer, attempt 3: söurce");

    assertThat(failed.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(failed.message()).isEqualTo("transfer, attempt 3: söurce");
    assertThat(failed.imageId()).isEqualTo(imageId);
    assertThat(failed.expiresAt()).isEqualTo(failed.updatedAt().plus(Duration.ofDays(2)));

    assertThat(registry().taskRuns().fail(op(), pending().id(), imageId, "no").imageId())
        .isEqualTo(imageId);
  }

  @Test
  default void notesTheProgressOfARunningTaskOnly() {
    Progress progress = new Progress("transfer", 5_000_000_000L, null, 123, 2);
    Task pending = pending();
    registry().transferNotes().recordProgress(pending.id(), progress);
    assertThat(registry().tasks().find(pending.id())).contains(pending);

    registry().taskRuns().start(op(), pending.id(), UUID.randomUUID());
    registry().transferNotes().recordProgress(pending.id(), progress);
    assertThat(registry().tasks().find(pending.id()).orElseThrow().progress()).isEqualTo(progress);

    Task done = registry().taskRuns().succeed(op(), pending.id(), Map.of());
    registry().transferNotes().recordProgress(pending.id(), new Progress("verify", 1, 1L, 1, 1));
    registry().transferNotes().recordProgress(UUID.randomUUID(), progress);
    assertThat(registry().tasks().find(pending.id())).contains(done);
    assertThat(done.progress()).isEqualTo(progress);
  }

  @Test
  default void saysWhatARunningTaskWaitsFor() {
    Task task = pending();
    registry().taskRuns().start(op(), task.id(), UUID.randomUUID());
    String waiting = "attempt 3 failed: the source answered 503; next attempt about …";

    registry()
        .transferNotes()
        .recordProgress(task.id(), new Progress("transfer", 1, 2L, 0, 3, 9L, waiting));
    assertThat(registry().tasks().find(task.id()).orElseThrow().message()).isEqualTo(waiting);
    registry()
        .transferNotes()
        .recordProgress(task.id(), new Progress("transfer", 2, 2L, 5, 4, 0L, null));
    assertThat(registry().tasks().find(task.id()).orElseThrow().message()).isNull();
    registry()
        .transferNotes()
        .recordProgress(task.id(), new Progress("transfer", 1, 2L, 0, 3, 9L, waiting));
    assertThat(registry().taskRuns().succeed(op(), task.id(), Map.of()).message()).isNull();
  }

  @Test
  default void givesWhoeverRunsATaskAgainTheTaskAsItIs() {
    for (TaskStatus status : TaskStatus.values()) {
      Task task = taskThatIs(status);
      List<HistoryEntry> history = registry().history().of(task.id());

      assertThat(registry().tasks().create(op(), task.id(), Samples.IMPORT, Samples.ALICE))
          .isEqualTo(task);
      if (status == TaskStatus.PROCESSING) {
        assertThat(registry().taskRuns().start(op(), task.id(), task.imageId())).isEqualTo(task);
      }
      assertThat(registry().history().of(task.id())).isEqualTo(history);
    }
  }

  @Test
  default void doesNotTakeAnotherTaskForTheSame() {
    Task task = pending();
    TaskInput other = new TaskInput.Clone(UUID.randomUUID(), Map.of());

    assertThatThrownBy(() -> registry().tasks().create(op(), task.id(), other, Samples.ALICE))
        .isInstanceOf(Conflict.class);
    assertThatThrownBy(
            () -> registry().tasks().create(op(), task.id(), Samples.IMPORT, Samples.BOB))
        .isInstanceOf(Conflict.class);
    assertThat(registry().tasks().find(task.id())).contains(task);
  }

  @Test
  default void retriesWhatFailedAndNothingElse() {
    Task failed = taskThatIs(TaskStatus.FAILURE);
    UUID id = UUID.randomUUID();

    Task again = registry().tasks().retry(op(), id, failed.id(), Samples.BOB);

    assertThat(again.retryOf()).isEqualTo(failed.id());
    assertThat(again.input()).isEqualTo(failed.input());
    assertThat(again.userId()).isEqualTo("bob");
    assertThat(again.status()).isEqualTo(TaskStatus.PENDING);
    assertThat(registry().tasks().find(failed.id())).contains(failed);
    assertThat(registry().tasks().retry(op(), id, failed.id(), Samples.BOB)).isEqualTo(again);
    for (TaskStatus status :
        List.of(TaskStatus.PENDING, TaskStatus.PROCESSING, TaskStatus.SUCCESS)) {
      UUID other = taskThatIs(status).id();
      assertThatThrownBy(
              () -> registry().tasks().retry(op(), UUID.randomUUID(), other, Samples.ALICE))
          .isInstanceOf(Conflict.class)
          .hasMessageContainingAll(other.toString(), "is " + status, "only a task that failed");
    }
    assertThatThrownBy(() -> registry().tasks().retry(op(), id, UUID.randomUUID(), Samples.ALICE))
        .isInstanceOf(NotFound.class);
  }

  @Test
  default void findsNoTaskThatIsNotThere() {
    UUID unknown = UUID.randomUUID();

    assertThat(registry().tasks().find(unknown)).isEmpty();
    assertThatThrownBy(() -> registry().taskRuns().start(op(), unknown, UUID.randomUUID()))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(unknown.toString());
  }
}
