package dev.vitrine.it;

import static dev.vitrine.it.Cluster.ADMIN;
import static dev.vitrine.it.Cluster.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.DeletionHandle;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people do with a cluster, through the client. */
@Timeout(180)
class MainPathsIT {

  /** More than is moved within a workflow task. */
  private static final byte[] DATA = new byte[9_000_000];

  @TempDir private static Path directory;
  private static Cluster cluster;

  private final UUID id = UUID.randomUUID();
  private final NewImage image = NewImage.of(id, ALICE.project());

  @BeforeAll
  static void start() throws Exception {
    new Random(3).nextBytes(DATA);
    cluster = new Cluster(directory);
    cluster.startWorker();
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void uploadsAFile() throws Exception {
    UploadResult result = upload(file());

    assertThat(result.outcome()).isEqualTo(Outcome.ACTIVATED);
    assertStored(id);
    assertThat(events(id)).containsExactly("create", "begin upload", "upload succeeded");
  }

  @Test
  void uploadsFromTheWeb() throws Exception {
    try (HoldingSource source = new HoldingSource(DATA, DATA.length)) {
      assertThat(upload(new Source.Url(source.url())).outcome()).isEqualTo(Outcome.ACTIVATED);
      assertStored(id);
    }
  }

  @Test
  void showsTheStatusInListsOfWorkflows() throws Exception {
    upload(file());
    String query =
        "VitrineImageStatus=\"active\" and VitrineImageId=\"%s\" and VitrineOwner=\"acme\""
            .formatted(id);

    Eventually.until(
        "the list has it",
        () ->
            cluster
                .temporal()
                .listExecutions(query)
                .anyMatch(
                    execution ->
                        execution.getExecution().getWorkflowId().equals(WorkflowIds.upload(id))));
  }

  @Test
  void requeuesAndKills() throws Exception {
    Source missing = new Source.Url(cluster.sources().resolve("missing").toUri().toString());

    UploadResult requeued = upload(missing);
    UploadResult killed =
        cluster
            .client
            .startUpload(UploadRequest.ofQueued(id, missing, ALICE).withPolicy(FailurePolicy.KILL))
            .await();

    assertThat(requeued.outcome()).isEqualTo(Outcome.REQUEUED);
    assertThat(requeued.message()).contains("missing does not exist");
    assertThat(killed.outcome()).isEqualTo(Outcome.KILLED);
    assertThat(status(id)).isEqualTo(ImageStatus.KILLED);
    Eventually.until("no data is left", () -> cluster.registry.locations().of(id).isEmpty());
    assertThat(stored(id)).isEmpty();
  }

  @Test
  void deletesInTheMiddleOfAnUpload() throws Exception {
    try (HoldingSource source = new HoldingSource(DATA, DATA.length / 2)) {
      UploadHandle upload = startHeld(source);
      assertThatThrownBy(() -> startHeld(source)).isInstanceOf(Conflict.class);

      DeletionHandle deletion = cluster.client.delete(id, ALICE, Duration.ZERO);

      assertThat(deletion.image().status()).isEqualTo(ImageStatus.DELETED);
      UploadResult result = upload.await();
      assertThat(result.outcome()).isEqualTo(Outcome.DELETED);
      assertThat(result.message()).isEqualTo("image deleted by alice");
      deletion.awaitDataRemoved();
      assertThat(stored(id)).isEmpty();
      assertThat(events(id)).containsExactly("create", "begin upload", "delete");
    }
  }

  @Test
  void deletesAfterTheScrubTime() throws Exception {
    upload(file());

    DeletionHandle deletion = cluster.client.delete(id, ALICE, Duration.ofSeconds(1));

    assertThat(deletion.image().status()).isEqualTo(ImageStatus.PENDING_DELETE);
    assertThat(deletion.awaitDataRemoved().locationsRemoved()).isEqualTo(1);
    assertThat(status(id)).isEqualTo(ImageStatus.DELETED);
    assertThat(stored(id)).isEmpty();
    assertThat(events(id)).endsWith("delayed delete", "scrub");
  }

  @Test
  void deactivatesAndReactivates() throws Exception {
    upload(file());

    assertThat(cluster.client.deactivate(id, ALICE).status()).isEqualTo(ImageStatus.DEACTIVATED);
    assertThat(cluster.client.reactivate(id, ALICE).status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(cluster.client.deactivate(id, ADMIN).status()).isEqualTo(ImageStatus.DEACTIVATED);
    TaskSummary refused = run(export(cluster.exports().resolve("refused")), ALICE);
    assertThat(refused.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(refused.message()).contains("is deactivated");
    assertThatThrownBy(() -> cluster.client.reactivate(id, ALICE)).isInstanceOf(Forbidden.class);
    assertThat(cluster.client.reactivate(id, ADMIN).status()).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  void importsClonesAndExports() throws Exception {
    TaskSummary imported =
        run(new TaskInput.Import(file().url(), "raw", Map.of("name", "disk")), ALICE);
    assertSucceeded(imported);
    assertStored(imported.imageId());

    TaskSummary cloned = run(new TaskInput.Clone(imported.imageId(), Map.of()), ALICE);
    assertSucceeded(cloned);
    assertStored(cloned.imageId());
    Image copy = cluster.registry.lookup().find(cloned.imageId()).orElseThrow();
    assertThat(copy.name()).isEqualTo("disk");

    Path destination = cluster.exports().resolve("disk.raw");
    TaskSummary exported =
        run(new TaskInput.Export(copy.id(), destination.toUri().toString()), ALICE);
    assertSucceeded(exported);
    assertThat(destination).hasBinaryContent(DATA);
    assertThat(cluster.client.task(exported.id()).show()).isEqualTo(exported);
  }

  @Test
  void cancelsATask() throws Exception {
    try (HoldingSource source = new HoldingSource(DATA, DATA.length / 2)) {
      TaskHandle task = startImport(source);

      task.cancel(ADMIN);

      TaskSummary ended = task.await();
      assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
      assertThat(ended.message()).startsWith("cancelled by root (admin) at ");
      assertThat(status(ended.imageId())).isEqualTo(ImageStatus.DELETED);
      Eventually.until("no data is left", () -> stored(ended.imageId()).isEmpty());
    }
  }

  @Test
  void settlesATerminatedTask() throws Exception {
    try (HoldingSource source = new HoldingSource(DATA, DATA.length / 2)) {
      TaskHandle task = startImport(source);
      UUID made = task.show().imageId();

      terminate(task.workflowId());

      assertThatThrownBy(task::await).isInstanceOf(Conflict.class);
      Eventually.until("the task has ended", () -> find(task).status().isFinal());
      assertThat(find(task).status()).isEqualTo(TaskStatus.FAILURE);
      assertThat(find(task).message()).contains("was terminated", "start it again");
      assertThat(status(made)).isEqualTo(ImageStatus.DELETED);
      Eventually.until("nothing is stored", () -> stored(made).isEmpty());
    }
  }

  @Test
  void failsATaskWhoseUploadIsTerminated() throws Exception {
    try (HoldingSource source = new HoldingSource(DATA, DATA.length / 2)) {
      TaskHandle task = startImport(source);
      UUID made = task.show().imageId();

      terminate(WorkflowIds.upload(made));

      TaskSummary ended = task.await();
      assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
      assertThat(ended.message()).contains(made.toString(), "terminated");
      assertThat(status(made)).isEqualTo(ImageStatus.DELETED);
      Eventually.until(
          "nothing is left",
          () -> cluster.registry.locations().of(made).isEmpty() && stored(made).isEmpty());
    }
  }

  @Test
  void reconcilesOnASchedule() throws Exception {
    ScheduleClient schedules =
        ScheduleClient.newInstance(
            cluster.temporal().getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(cluster.temporal().getOptions().getNamespace())
                .build());

    ScheduleHandle schedule =
        schedules.getHandle(WorkflowIds.schedule(cluster.registry.installations().get().id()));

    Eventually.until("it has made passes", () -> schedule.describe().getInfo().getNumActions() > 1);

    assertThat(schedule.describe().getSchedule().getSpec().getIntervals())
        .extracting(ScheduleIntervalSpec::getEvery)
        .containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aSecondWorkerJoinsAndLeaves() throws Exception {
    WorkerProcess second = cluster.startWorker();

    assertThat(upload(file()).outcome()).isEqualTo(Outcome.ACTIVATED);

    assertThat(second.terminate()).isIn(0, 143);
    assertStored(id);
    assertSucceeded(run(export(cluster.exports().resolve("after")), ALICE));
  }

  @Test
  void aWrongSettingEndsTheProcessAndIsNamed() throws Exception {
    Path config =
        Files.writeString(directory.resolve("wrong.yaml"), "transfer:\n  source-root: [/x]\n");
    Path log = directory.resolve("wrong.log");

    try (WorkerProcess process = new WorkerProcess(config, "127.0.0.1:1", log)) {
      assertThat(process.awaitExit()).isEqualTo(2);
    }
    assertThat(log).content().contains("transfer.source-root (in", "transfer.source-roots");
  }

  private static Source.Url file() throws IOException {
    Path file = cluster.sources().resolve(UUID.randomUUID().toString());
    return new Source.Url(Files.write(file, DATA).toUri().toString());
  }

  private UploadResult upload(Source source) {
    return cluster.client.startUpload(UploadRequest.of(image, source, ALICE)).await();
  }

  /** An upload that has stopped in the middle of its transfer. */
  private UploadHandle startHeld(HoldingSource source) throws InterruptedException {
    UploadHandle upload =
        cluster.client.startUpload(UploadRequest.of(image, new Source.Url(source.url()), ALICE));
    source.awaitHeld();
    return upload;
  }

  /** An import that has stopped in the middle of its transfer. */
  private static TaskHandle startImport(HoldingSource source) throws InterruptedException {
    TaskInput input = new TaskInput.Import(source.url(), "raw", Map.of());
    TaskHandle task = cluster.client.startTask(new TaskRequest(UUID.randomUUID(), input, ALICE));
    source.awaitHeld();
    return task;
  }

  private static TaskSummary run(TaskInput input, Requester by) {
    return cluster.client.startTask(new TaskRequest(UUID.randomUUID(), input, by)).await();
  }

  private TaskInput export(Path destination) {
    return new TaskInput.Export(id, destination.toUri().toString());
  }

  private static void terminate(String workflowId) {
    cluster.temporal().newUntypedWorkflowStub(workflowId).terminate("pressed Terminate");
  }

  private static Task find(TaskHandle task) {
    return cluster.registry.tasks().find(task.taskId()).orElseThrow();
  }

  private static ImageStatus status(UUID imageId) {
    return cluster.registry.lookup().find(imageId).orElseThrow().status();
  }

  private static List<String> events(UUID imageId) {
    return cluster.registry.history().of(imageId).stream().map(HistoryEntry::event).toList();
  }

  /** The files in the store on behalf of an image, finished or not. */
  private static List<Path> stored(UUID imageId) {
    return cluster.filesInStore().stream()
        .filter(file -> file.toString().contains(imageId.toString()))
        .toList();
  }

  private static void assertSucceeded(TaskSummary task) {
    assertThat(task.status()).as("%s", task.message()).isEqualTo(TaskStatus.SUCCESS);
  }

  private static void assertStored(UUID imageId) {
    assertThat(status(imageId)).isEqualTo(ImageStatus.ACTIVE);
    String key = cluster.registry.locations().of(imageId).get(0).key();
    assertThat(stored(imageId)).containsExactly(cluster.store().resolve(key));
    assertThat(cluster.store().resolve(key)).hasBinaryContent(DATA);
  }
}
