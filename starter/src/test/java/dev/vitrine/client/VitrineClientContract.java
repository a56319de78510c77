package dev.vitrine.client;

import static dev.vitrine.fake.FakeVitrine.MISSING;
import static dev.vitrine.fake.FakeVitrine.PROTECTED;
import static dev.vitrine.fake.FakeVitrine.PROTECTED_LATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.fake.FakeReader;
import dev.vitrine.fake.FakeVitrine;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import dev.vitrine.process.DeletionHandle;
import dev.vitrine.process.SourceKey;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.task.Progress;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.VitrineSearchAttributes;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.client.WorkflowOptions;
import io.temporal.envconfig.ClientConfigProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the client promises, on whichever server. */
abstract class VitrineClientContract extends ClientFixture {

  VitrineClientContract(FakeVitrine vitrine) {
    super(vitrine);
  }

  @Test
  void uploadsAndSaysWhatWasStored() {
    UploadResult result = client.startUpload(upload("ok")).await();

    assertThat(result.outcome()).isEqualTo(Outcome.ACTIVATED);
    assertThat(result.data()).isEqualTo(FakeVitrine.DATA);
  }

  @Test
  void theDocumentedExampleRuns() {
    UploadResult result =
        ClientExample.run(
            () -> VitrineClient.on(vitrine.temporal(), FakeVitrine.INSTALLATION),
            "http://source/ok");

    assertThat(result.outcome()).isEqualTo(Outcome.ACTIVATED);
  }

  @Test
  void aFailedUploadIsAResultAndNotAnException() {
    UploadResult result = client.startUpload(upload("broken")).await();

    assertThat(result.outcome()).isEqualTo(Outcome.REQUEUED);
    assertThat(result.errorKind()).isEqualTo("SourceUnusable");
  }

  @Test
  void aRefusedUploadThrowsTheRefusal() {
    UploadHandle upload = client.startUpload(upload("refused"));

    assertThatThrownBy(upload::await)
        .isInstanceOf(Forbidden.class)
        .hasMessage("image %s belongs to project other", upload.imageId());
  }

  @Test
  void refusesASecondUploadOfTheSameImageAndSaysWhatToDo() {
    UploadHandle first = client.startUpload(upload("hold"));

    assertThatThrownBy(() -> client.startUpload(upload(first.imageId(), "hold")))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining(first.imageId().toString())
        .hasMessageContaining("wait for that upload or cancel it");
    first.cancel(ANNA);
  }

  @Test
  void allowsAnotherUploadOnceTheFirstHasEnded() {
    UploadHandle first = client.startUpload(upload("broken"));
    first.await();

    assertThat(client.startUpload(upload(first.imageId(), "ok")).await().outcome())
        .isEqualTo(Outcome.ACTIVATED);
  }

  @Test
  void readsProgressFromTheTransfersHeartbeat() {
    UploadHandle upload = client.startUpload(upload("hold"));

    Progress progress = waitFor(upload::await, upload::progress);

    assertThat(progress).isEqualTo(new Progress("transfer", 1024, 2048L, 1024, 1));
    vitrine.release(upload.workflowId());
    assertThat(upload.await().outcome()).isEqualTo(Outcome.ACTIVATED);
    assertThat(upload.progress()).isEmpty();
  }

  @Test
  void cancelsAnUploadByAnAttachedHandle() {
    UUID id = client.startUpload(upload("hold")).imageId();

    UploadHandle attached = client.upload(id);
    attached.cancel(ANNA);

    assertThat(attached.await().message()).isEqualTo("cancelled by anna");
  }

  @Test
  void cancellingWhatHasEndedHasNoEffect() {
    UploadHandle upload = client.startUpload(upload("ok"));
    upload.await();

    upload.cancel(ANNA);

    assertThat(upload.await().outcome()).isEqualTo(Outcome.ACTIVATED);
  }

  @Test
  void anUnknownUploadIsNotFoundWhateverIsAsked() {
    UploadHandle unknown = client.upload(UUID.randomUUID());

    for (Runnable call :
        new Runnable[] {unknown::await, unknown::progress, () -> unknown.cancel(ANNA)}) {
      assertThatThrownBy(call::run)
          .isInstanceOf(NotFound.class)
          .hasMessageContaining(unknown.imageId().toString());
    }
  }

  @Test
  void anUploadThatWasTerminatedOutsideIsAConflictThatReconciliationSettles() {
    UploadHandle upload = client.startUpload(upload("hold"));

    vitrine.temporal().newUntypedWorkflowStub(upload.workflowId()).terminate("by hand");

    assertThatThrownBy(upload::await)
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("terminated in Temporal")
        .hasMessageContaining("reconciliation settles");
  }

  @Test
  void theWebUiShowsWhatAnUploadIsWithoutSecrets() {
    UUID id = UUID.randomUUID();
    NewImage image =
        new NewImage(
            id,
            "disk\n`x`",
            null,
            null,
            null,
            0,
            0,
            Visibility.SHARED,
            false,
            false,
            "blue",
            Map.of(),
            List.of());
    UploadHandle upload =
        client
            .withSourceKey(SourceKey.of(SourceKey.made()))
            .startUpload(
                new UploadRequest(
                    id,
                    image,
                    new Source.Url("http://source/disk?token=secret"),
                    FailurePolicy.KILL,
                    new ExpectedData(2048L, null, null),
                    ANNA,
                    null));

    var shown = vitrine.temporal().newUntypedWorkflowStub(upload.workflowId()).describe();

    assertThat(shown.getStaticSummary())
        .isEqualTo(
            "upload of %s, image %s (2048 bytes, of `blue`) from `http://source/disk?…`",
            "`` disk\\n`x` ``", id);
    assertThat(shown.getStaticDetails())
        .contains(
            "- image: `%s`".formatted(id), "- name: `` disk\\n`x` ``", "- if it fails: `kill`")
        .contains("- declared size: `2048 bytes`", "- source: `http://source/disk?…`")
        .doesNotContain("secret");
    // As bytes: its JSON has payloads in Base64.
    assertThat(
            vitrine
                .temporal()
                .fetchHistory(upload.workflowId())
                .getHistory()
                .toByteString()
                .toString(StandardCharsets.ISO_8859_1))
        .contains("http://source/disk")
        .doesNotContain("token=");
    assertThat(shown.getTypedSearchAttributes().get(VitrineSearchAttributes.IMAGE_ID))
        .isEqualTo(id.toString());
    assertThat(shown.getTypedSearchAttributes().get(VitrineSearchAttributes.OWNER))
        .isEqualTo("blue");
    assertThat(shown.getTypedSearchAttributes().get(VitrineSearchAttributes.IMAGE_STATUS))
        .isEqualTo("queued");
  }

  @Test
  void runsAnImportTask() {
    TaskHandle task = client.startTask(importing("ok"));

    TaskSummary ended = task.await();

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(ended.result()).containsEntry("image_id", String.valueOf(ended.imageId()));
    assertThat(task.show()).isEqualTo(ended);
  }

  @Test
  void aFailedTaskSaysWhy() {
    TaskSummary ended = client.startTask(importing("broken")).await();

    assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(ended.message()).isEqualTo("the source answered 404");
  }

  @Test
  void anImportsProgressIsThatOfItsUpload() {
    TaskHandle task = client.startTask(importing("hold"));

    Progress progress = waitFor(task::await, () -> progressOnceBegun(task));

    assertThat(progress.step()).isEqualTo("transfer");
    assertThat(task.show().status()).isEqualTo(TaskStatus.PROCESSING);
    client.upload(Optional.ofNullable(task.show().imageId()).orElseThrow()).cancel(ANNA);
    assertThat(task.await().message()).isEqualTo("cancelled by anna");
  }

  @Test
  void anExportsProgressIsItsOwnAndItCanBeCancelled() {
    TaskHandle task =
        client.startTask(
            new TaskRequest(
                UUID.randomUUID(),
                new TaskInput.Export(UUID.randomUUID(), "file:///exports/x"),
                ANNA));

    assertThat(waitFor(task::await, () -> progressOnceBegun(task)).step()).isEqualTo("export");
    task.cancel(ANNA);
    assertThat(task.await().message()).isEqualTo("cancelled by anna");
  }

  @Test
  void aTasksIdIsUsedOnceEvenAfterItHasEnded() {
    TaskRequest request = importing("ok");
    client.startTask(request).await();

    assertThatThrownBy(() -> client.startTask(request))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining(request.taskId() + " exists already");
  }

  @Test
  void refusesAnImportThatWouldPutACredentialIntoTheHistory() {
    assertThatThrownBy(
            () ->
                client.startTask(
                    new TaskRequest(
                        UUID.randomUUID(),
                        new TaskInput.Import("http://me:secret@source/ok", "raw", Map.of()),
                        ANNA)))
        .isInstanceOf(Invalid.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void findsATaskWhoseExecutionIsForgotten() {
    assertThat(client.findTask(FakeReader.FORGOTTEN, ANNA).message())
        .contains("unknown to the server");
    assertThatThrownBy(() -> client.findTask(MISSING, ANNA)).isInstanceOf(NotFound.class);
  }

  @Test
  void anUnknownTaskIsNotFound() {
    TaskHandle unknown = client.task(UUID.randomUUID());

    assertThatThrownBy(unknown::show).isInstanceOf(NotFound.class);
    assertThatThrownBy(unknown::await).isInstanceOf(NotFound.class);
    assertThatThrownBy(unknown::progress).isInstanceOf(NotFound.class);
  }

  @Test
  void deletesAndWaitsUntilNoDataIsLeft() {
    DeletionHandle deletion = client.delete(UUID.randomUUID(), ANNA, Duration.ZERO);

    assertThat(deletion.image().status()).isEqualTo(ImageStatus.DELETED);
    assertThat(deletion.awaitDataRemoved().locationsRemoved()).isEqualTo(1);
  }

  @Test
  void aSecondDeletionJoinsTheOneThatRuns() {
    UUID id = UUID.randomUUID();
    DeletionHandle first = client.delete(id, ANNA, Duration.ofHours(1));
    DeletionHandle second = client.delete(id, ANNA, Duration.ZERO);

    assertThat(first.image().status()).isEqualTo(ImageStatus.PENDING_DELETE);
    assertThat(second.image()).isEqualTo(first.image());
    assertThat(second.awaitDataRemoved(SOON)).isEmpty();
  }

  @Test
  void aRefusedDeletionThrowsTheRefusalWhicheverWayItArrives() {
    assertThatThrownBy(() -> client.delete(MISSING, ANNA, Duration.ZERO))
        .isInstanceOf(NotFound.class)
        .hasMessage("image %s was not found", MISSING);
    assertThatThrownBy(() -> client.delete(PROTECTED, ANNA, Duration.ZERO))
        .isInstanceOf(Forbidden.class)
        .hasMessage("image %s is protected", PROTECTED);
    assertThatThrownBy(() -> client.delete(PROTECTED_LATE, ANNA, Duration.ZERO))
        .isInstanceOf(Forbidden.class)
        .hasMessage("image is protected");
  }

  @Test
  void actsOnImages() {
    UUID id = UUID.randomUUID();
    Requester admin = Requester.admin("root", "ops");

    assertThat(client.register(NewImage.of(id, "blue"), ANNA).status())
        .isEqualTo(ImageStatus.QUEUED);
    assertThat(client.addLocation(id, "http://elsewhere/x", ANNA).status())
        .isEqualTo(ImageStatus.ACTIVE);
    assertThat(client.deactivate(id, admin).status()).isEqualTo(ImageStatus.DEACTIVATED);
    assertThat(client.reactivate(id, admin).status()).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  void aRefusedActionThrowsTheRefusal() {
    UUID id = UUID.randomUUID();

    assertThatThrownBy(() -> client.deactivate(id, ANNA)).isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> client.deactivate(MISSING, ANNA)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> client.addLocation(id, "http://elsewhere/taken", ANNA))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void refusesAnActionWhileTheSameOneRuns() {
    UUID id = UUID.randomUUID();
    ImageAction.AddLocation held = new ImageAction.AddLocation(id, "http://elsewhere/hold", ANNA);
    vitrine
        .temporal()
        .newUntypedWorkflowStub(
            "ImageAction",
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.action(id, held.verb()))
                .setTaskQueue(FakeVitrine.QUEUES.workflows())
                .build())
        .start(held);

    assertThatThrownBy(() -> client.addLocation(id, "http://elsewhere/x", ANNA))
        .isInstanceOf(Conflict.class)
        .hasMessage("add-location of image %s is under way already; wait for it", id);
  }

  @Test
  void closingAClientLeavesAConnectionThatItDidNotOpen() {
    VitrineClient.on(vitrine.temporal(), FakeVitrine.INSTALLATION).close();

    assertThat(client.startUpload(upload("ok")).await().outcome()).isEqualTo(Outcome.ACTIVATED);
  }

  @Test
  void aServerThatDoesNotAnswerIsUnavailableByItsAddress() {
    ClientConfigProfile nobody = ClientConfigProfile.newBuilder().setAddress("127.0.0.1:1").build();

    assertThatThrownBy(() -> VitrineClient.connect(nobody, Duration.ofMillis(200)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("TEMPORAL_ADDRESS");
  }
}
