package dev.vitrine.worker;

import static dev.vitrine.worker.Installation.ALICE;
import static dev.vitrine.worker.Installation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.reconciliation.ReconciliationResult;
import dev.vitrine.workflow.upload.UploadRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What terminated workflows leave behind, and what a lost server does. */
@Timeout(120)
class ReconciliationLifecycleTest {

  private static final ReconciliationResult NOTHING = new ReconciliationResult(0, 0, 0, 0, 0, 0, 0);
  private static final Map<String, String> EVERY_SECOND =
      Map.of("VITRINE_RECONCILIATION_INTERVAL", "1s");
  private static final Map<String, String> FORGETFUL =
      Map.of(
          "VITRINE_REGISTRY_TASK_TIME_TO_LIVE", "1ms", "VITRINE_REGISTRY_IMAGE_RETENTION", "1ms");
  private static final byte[] DATA = new byte[50_000];

  @TempDir private Path directory;

  private final UUID id = UUID.randomUUID();
  private final NewImage image = NewImage.of(id, ALICE.project());

  @Test
  void leavesALiveUploadAlone() throws Exception {
    try (StallingSource source = new StallingSource(DATA);
        Installation vitrine = new Installation(directory)) {
      startStalled(vitrine, source, FailurePolicy.REQUEUE);

      assertThat(vitrine.reconcile()).isEqualTo(NOTHING);

      assertThat(status(vitrine, id)).isEqualTo(ImageStatus.SAVING);
    }
  }

  @Test
  void requeuesWhatATerminatedUploadLeft() throws Exception {
    settlesATerminatedUpload(FailurePolicy.REQUEUE, ImageStatus.QUEUED);
  }

  @Test
  void killsWhatATerminatedUploadLeftUnderTheOtherPolicy() throws Exception {
    settlesATerminatedUpload(FailurePolicy.KILL, ImageStatus.KILLED);
  }

  private void settlesATerminatedUpload(FailurePolicy policy, ImageStatus settled)
      throws Exception {
    try (StallingSource source = new StallingSource(DATA);
        Installation vitrine = new Installation(directory)) {
      startStalled(vitrine, source, policy);
      vitrine.terminate(WorkflowIds.upload(id));

      assertThat(vitrine.reconcile()).isEqualTo(new ReconciliationResult(1, 0, 0, 0, 0, 0, 0));
      assertThat(vitrine.reconcile()).isEqualTo(new ReconciliationResult(0, 0, 0, 1, 0, 0, 0));

      assertThat(status(vitrine, id)).isEqualTo(settled);
      HistoryEntry last = last(vitrine, id);
      assertThat(last.workflowId()).startsWith(vitrine.reconciliation() + "/");
      assertThat(last.cause()).contains(WorkflowIds.upload(id), "was terminated");
      assertNothingIsStored(vitrine);
      assertThat(vitrine.reconcile()).isEqualTo(NOTHING);
    }
  }

  /** The in-memory server leaves the upload alone when it terminates the task that started it. */
  @Test
  void waitsForTheUploadOfATerminatedImport() throws Exception {
    try (StallingSource source = new StallingSource(DATA);
        Installation vitrine = new Installation(directory)) {
      UUID task = startStalledImport(vitrine, source);
      UUID made = task(vitrine, task).imageId();
      vitrine.terminate(WorkflowIds.task(task));
      assertThat(vitrine.reconcile()).isEqualTo(NOTHING);
      assertThat(task(vitrine, task).status()).isEqualTo(TaskStatus.PROCESSING);
      source.breakOff();
      Installation.await("it is active", () -> status(vitrine, made) == ImageStatus.ACTIVE);

      assertThat(vitrine.reconcile()).isEqualTo(new ReconciliationResult(0, 1, 0, 0, 0, 0, 0));

      assertThat(task(vitrine, task).status()).isEqualTo(TaskStatus.SUCCESS);
      assertThat(task(vitrine, task).result()).isEqualTo(Map.of("image_id", made.toString()));
      assertThat(last(vitrine, task).cause()).contains("was terminated", "is complete");
    }
  }

  @Test
  void deletesTheImageOfAnImportThatWasTerminatedWithItsUpload() throws Exception {
    try (StallingSource source = new StallingSource(DATA);
        Installation vitrine = new Installation(directory)) {
      UUID task = startStalledImport(vitrine, source);
      UUID made = task(vitrine, task).imageId();
      vitrine.terminate(WorkflowIds.task(task));
      vitrine.terminate(WorkflowIds.upload(made));

      assertThat(vitrine.reconcile()).isEqualTo(new ReconciliationResult(1, 1, 0, 0, 0, 0, 0));
      assertThat(vitrine.reconcile()).isEqualTo(new ReconciliationResult(0, 0, 1, 0, 0, 0, 0));

      vitrine.awaitDataRemoved(made);
      assertSettledTask(vitrine, task);
      assertThat(status(vitrine, made)).isEqualTo(ImageStatus.DELETED);
      assertNothingIsStored(vitrine);
    }
  }

  @Test
  void discardsWhatATerminatedExportLeft() throws Exception {
    try (StallingSource source = new StallingSource(DATA);
        Installation vitrine = new Installation(directory)) {
      vitrine.act(new ImageAction.Register(image, ALICE));
      vitrine.act(new ImageAction.AddLocation(id, source.url(), ALICE));
      String destination = vitrine.files().exports().resolve("disk").toUri().toString();
      UUID task = vitrine.startTask(new TaskInput.Export(id, destination), ALICE);
      source.awaitStall();
      Installation.await("the export has begun", () -> !exported(vitrine).isEmpty());
      vitrine.terminate(WorkflowIds.task(task));

      assertThat(vitrine.reconcile()).isEqualTo(new ReconciliationResult(0, 1, 0, 0, 0, 0, 0));

      assertSettledTask(vitrine, task);
      assertThat(exported(vitrine)).isEmpty();
      assertThat(status(vitrine, id)).isEqualTo(ImageStatus.ACTIVE);
    }
  }

  @Test
  void takesATerminatedDeletionUpAgain() throws Exception {
    try (Installation vitrine = new Installation(directory)) {
      UUID active = vitrine.activeImage(DATA);
      vitrine
          .files()
          .whileTheStoreIsDown(
              () -> {
                vitrine.delete(active, ALICE, Duration.ZERO);
                vitrine.awaitAttempt(WorkflowIds.deletion(active));
                vitrine.terminate(WorkflowIds.deletion(active));
              });
      assertThat(vitrine.files().storedFiles()).hasSize(1);

      assertThat(vitrine.reconcile()).isEqualTo(new ReconciliationResult(0, 0, 1, 0, 0, 0, 0));

      vitrine.awaitDataRemoved(active);
      assertThat(status(vitrine, active)).isEqualTo(ImageStatus.DELETED);
      assertNothingIsStored(vitrine);
    }
  }

  @Test
  void takesATerminatedDelayedDeletionUpOnceItsTimeHasCome() throws Exception {
    try (Installation vitrine = new Installation(directory)) {
      UUID active = vitrine.activeImage(DATA);
      UUID sleeping = vitrine.activeImage(DATA);
      vitrine.delete(sleeping, ALICE, Duration.ofDays(1));
      vitrine.delete(active, ALICE, Duration.ofSeconds(2));
      vitrine.terminate(WorkflowIds.deletion(active));

      Installation.await("a pass takes it up", () -> vitrine.reconcile().deletionsStarted() == 1);

      vitrine.awaitDataRemoved(active);
      assertThat(status(vitrine, active)).isEqualTo(ImageStatus.DELETED);
      assertThat(status(vitrine, sleeping)).isEqualTo(ImageStatus.PENDING_DELETE);
      assertThat(vitrine.files().storedFiles()).hasSize(1);
      assertThat(vitrine.reconcile()).isEqualTo(NOTHING);
    }
  }

  @Test
  void removesWhatHasExpiredAndKeepsItsIds() throws Exception {
    try (Installation vitrine = new Installation(directory, FORGETFUL)) {
      UUID active = vitrine.activeImage(DATA);
      vitrine.delete(active, ALICE, Duration.ZERO);
      vitrine.awaitDataRemoved(active);
      UUID task = vitrine.run(new TaskInput.Clone(active, Map.of()), ALICE).id();

      assertThat(vitrine.reconcile()).isEqualTo(new ReconciliationResult(0, 0, 0, 0, 1, 1, 0));

      assertThat(vitrine.registry().lookup().find(active)).isEmpty();
      assertThat(vitrine.registry().tasks().find(task)).isEmpty();
      NewImage again = NewImage.of(active, ALICE.project());
      assertThat(refusal(() -> vitrine.act(new ImageAction.Register(again, ALICE))))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining(active.toString());
    }
  }

  @Test
  void settlesEverythingWhenTheServerHasForgottenAll() throws Exception {
    UUID kept;
    UUID pending;
    UUID deleted;
    UUID imported;
    UUID task;
    try (StallingSource source = new StallingSource(DATA);
        StallingSource importSource = new StallingSource(DATA)) {
      try (Installation before = new Installation(directory)) {
        kept = before.activeImage(DATA);
        pending = before.activeImage(DATA);
        deleted = before.activeImage(DATA);
        before.delete(pending, ALICE, Duration.ofDays(1));
        startStalled(before, source, FailurePolicy.REQUEUE);
        task = startStalledImport(before, importSource);
        imported = task(before, task).imageId();
        // An import that stalls is begun at once first, and then by an upload of its own.
        Installation.await(
            "all of them are in the store", () -> before.files().storedFiles().size() == 5);
        before
            .files()
            .whileTheStoreIsDown(
                () -> {
                  before.delete(deleted, ALICE, Duration.ZERO);
                  before.stop();
                });
        assertThat(before.files().stored(deleted)).hasSize(2);
      }
      try (Installation after = new Installation(directory, EVERY_SECOND)) {
        Installation.await("the image is queued", () -> status(after, id) == ImageStatus.QUEUED);
        Installation.await("the task has ended", () -> task(after, task).status().isFinal());
        Installation.await("no more is stored", () -> after.files().storedFiles().size() == 2);

        assertSettledTask(after, task);
        for (UUID gone : List.of(imported, deleted)) {
          assertThat(status(after, gone)).isEqualTo(ImageStatus.DELETED);
          assertThat(after.files().stored(gone)).isEmpty();
        }
        assertThat(status(after, pending)).isEqualTo(ImageStatus.PENDING_DELETE);
        assertThat(status(after, kept)).isEqualTo(ImageStatus.ACTIVE);
        assertThat(after.files().stored(kept)).hasSize(2);
        assertThat(after.files().stored(pending)).hasSize(2);
        assertThat(last(after, id).cause()).contains("is unknown to the server");
      }
    }
  }

  private void startStalled(Installation vitrine, StallingSource source, FailurePolicy policy)
      throws InterruptedException {
    vitrine.startUpload(
        UploadRequest.of(image, new Source.Url(source.url()), ALICE).withPolicy(policy));
    source.awaitStall();
    Installation.await("partial data is there", () -> !vitrine.files().stored(id).isEmpty());
  }

  private static UUID startStalledImport(Installation vitrine, StallingSource source)
      throws InterruptedException {
    UUID task = vitrine.startTask(new TaskInput.Import(source.url(), "raw", Map.of()), ALICE);
    source.awaitStall();
    UUID made = task(vitrine, task).imageId();
    Installation.await("partial data is there", () -> !vitrine.files().stored(made).isEmpty());
    return task;
  }

  private static void assertSettledTask(Installation vitrine, UUID taskId) {
    Task task = task(vitrine, taskId);
    assertThat(task.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(task.message()).contains(WorkflowIds.task(taskId), "start it again");
    assertThat(last(vitrine, taskId).workflowId()).startsWith(vitrine.reconciliation());
  }

  private static void assertNothingIsStored(Installation vitrine) {
    assertThat(vitrine.files().storedFiles()).isEmpty();
    assertThat(vitrine.registry().backlog().page(Finding.Kind.LEFTOVER_LOCATION, null, 10))
        .isEmpty();
    assertThat(vitrine.registry().backlog().page(Finding.Kind.UNFINISHED_DELETION, null, 10))
        .isEmpty();
  }

  private static ImageStatus status(Installation vitrine, UUID imageId) {
    return vitrine.registry().lookup().find(imageId).orElseThrow().status();
  }

  private static Task task(Installation vitrine, UUID taskId) {
    return vitrine.registry().tasks().find(taskId).orElseThrow();
  }

  private static HistoryEntry last(Installation vitrine, UUID subject) {
    List<HistoryEntry> history = vitrine.registry().history().of(subject);
    return history.get(history.size() - 1);
  }

  private static List<Path> exported(Installation vitrine) {
    try (Stream<Path> files = Files.list(vitrine.files().exports())) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
