package dev.vitrine.it;

import static dev.vitrine.it.Cluster.ADMIN;
import static dev.vitrine.it.Cluster.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.Source;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import dev.vitrine.process.DeletionHandle;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Limits;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedByIdRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.RawValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators do by hand, what an older release has left, and what a newer one writes. */
@Timeout(180)
class HandMadeIT {

  private static final byte[] DATA = new byte[300_000];

  @TempDir private static Path directory;
  private static Cluster cluster;

  private final UUID id = UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    cluster = new Cluster(directory);
    cluster.startWorker();
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** {@code temporal activity complete --result …} with size and digests that somebody made up. */
  @Test
  void makesNoImageActiveByACompletedActivity() throws Exception {
    try (HoldingSource source = new HoldingSource(DATA, DATA.length / 2)) {
      startHeld(source);

      completeByHand(new ImageData(DATA.length, "0".repeat(32), "0".repeat(128)));

      awaitQueuedAgain("no transfer has written and measured data");
    }
  }

  @Test
  void settlesAnUploadThatWasCompletedWithNonsense() throws Exception {
    try (HoldingSource source = new HoldingSource(DATA, DATA.length / 2)) {
      startHeld(source);

      completeByHand("done");

      awaitQueuedAgain("transfer");
    }
  }

  /** {@code temporal activity fail --detail …}. */
  @Test
  void settlesAnUploadThatWasFailedWithDetailsOfNoForm() throws Exception {
    try (HoldingSource source = new HoldingSource(DATA, DATA.length / 2)) {
      startHeld(source);

      service()
          .respondActivityTaskFailedById(
              RespondActivityTaskFailedByIdRequest.newBuilder()
                  .setNamespace(namespace())
                  .setWorkflowId(WorkflowIds.upload(id))
                  .setActivityId(pendingActivity())
                  .setFailure(
                      Failure.newBuilder()
                          .setMessage("stopped by hand")
                          .setApplicationFailureInfo(
                              ApplicationFailureInfo.newBuilder()
                                  .setNonRetryable(true)
                                  .setDetails(payloads("an operator's words"))))
                  .build());

      awaitQueuedAgain("stopped by hand");
    }
  }

  /** The summary of a step, which names the source, may have 400 bytes on the server. */
  @Test
  void runsWhatHasALongUrl() throws Exception {
    try (HoldingSource source = new HoldingSource(DATA, DATA.length)) {
      String url = source.url() + "/" + "é".repeat(900).replace("é", "%C3%A9");

      UUID task = UUID.randomUUID();
      TaskInput input = new TaskInput.Import(url, "raw", Map.of());
      assertThat(cluster.client.startTask(new TaskRequest(task, input, ALICE)).await().status())
          .isEqualTo(TaskStatus.SUCCESS);
    }
  }

  /** More than Temporal takes in one value, from a release that had no limit. */
  @Test
  void worksOnAnImageWithMoreMetadataThanTemporalTakes() throws Exception {
    Map<String, String> properties = new HashMap<>();
    for (int property = 0; property < 50; property++) {
      properties.put("note-" + property, "x".repeat(60_000));
    }
    register(properties);
    try (HoldingSource source = new HoldingSource(DATA, DATA.length)) {
      assertThat(
              cluster
                  .client
                  .startUpload(UploadRequest.ofQueued(id, new Source.Url(source.url()), ALICE))
                  .await()
                  .data())
          .isNotNull();
    }
    assertThat(image().properties()).isEqualTo(properties);

    cluster.client.deactivate(id, ADMIN);
    cluster.client.reactivate(id, ADMIN);
    assertThat(taskMessage(new TaskInput.Clone(id, Map.of("name", "copy"))))
        .contains("properties and tags have 30")
        .contains("an image may have 262144");

    DeletionHandle deletion = cluster.client.delete(id, ALICE, Duration.ZERO);
    deletion.awaitDataRemoved();
    assertThat(image().status()).isEqualTo(ImageStatus.DELETED);
    assertThat(cluster.registry.locations().of(id)).isEmpty();
  }

  /** An upload whose policy this version has never heard of, from one that knows it. */
  @Test
  void leavesANewerInputToANewerWorker() throws Exception {
    WorkflowStub newer =
        cluster
            .temporal()
            .newUntypedWorkflowStub(
                "ImageUpload",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(WorkflowIds.upload(id))
                    .setTaskQueue(
                        TaskQueues.of(cluster.registry.installations().get().id()).workflows())
                    .build());
    newer.start(
        new RawValue(
            json(
                "{\"image_id\":\"%s\",\"source\":{\"kind\":\"url\",\"url\":\"http://h/\"},\"policy\":\"quarantine\"}"
                    .formatted(id))));

    Eventually.until(
        "a workflow task has failed twice",
        () -> describe().getPendingWorkflowTask().getAttempt() > 2);
    assertThat(describe().getWorkflowExecutionInfo().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    newer.terminate("the test is over");
  }

  private void register(Map<String, String> properties) {
    NewImage image =
        new NewImage(
            id,
            "large",
            null,
            "raw",
            "bare",
            0,
            0,
            Visibility.SHARED,
            false,
            false,
            ALICE.project(),
            properties,
            List.of());
    Limits former = new Limits(1000, 128, 128, 10, 64 << 20, 64 << 20, 0, 0, 0);
    try (Registry registry = cluster.registry(former)) {
      registry.images().create(new Operation("create-" + id, "test", "test", "before"), image);
    }
  }

  private void startHeld(HoldingSource source) throws InterruptedException {
    var unused =
        cluster.client.startUpload(
            UploadRequest.of(
                NewImage.of(id, ALICE.project()), new Source.Url(source.url()), ALICE));
    source.awaitHeld();
  }

  private void awaitQueuedAgain(String cause) throws InterruptedException {
    Eventually.until("the image is queued again", () -> image().status() == ImageStatus.QUEUED);
    assertThat(cluster.registry.history().of(id).get(2).cause()).contains(cause);
    assertThat(image().size()).isNull();
    Eventually.until("no data is left", () -> cluster.registry.locations().of(id).isEmpty());
    Eventually.until(
        "the upload has ended",
        () ->
            describe().getWorkflowExecutionInfo().getStatus()
                != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
  }

  private static String taskMessage(TaskInput input) throws InterruptedException {
    UUID task = UUID.randomUUID();
    var unused = cluster.client.startTask(new TaskRequest(task, input, ALICE));
    Eventually.until(
        "the task has failed",
        () ->
            cluster.registry.tasks().find(task).map(Task::status).orElse(TaskStatus.PENDING)
                == TaskStatus.FAILURE);
    return String.valueOf(cluster.registry.tasks().find(task).orElseThrow().message());
  }

  private Image image() {
    return cluster.registry.lookup().find(id).orElseThrow();
  }

  private void completeByHand(Object result) {
    service()
        .respondActivityTaskCompletedById(
            RespondActivityTaskCompletedByIdRequest.newBuilder()
                .setNamespace(namespace())
                .setWorkflowId(WorkflowIds.upload(id))
                .setActivityId(pendingActivity())
                .setResult(payloads(result))
                .build());
  }

  private String pendingActivity() {
    return cluster.pending(WorkflowIds.upload(id)).get(0).getActivityId();
  }

  private DescribeWorkflowExecutionResponse describe() {
    return service()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(namespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(WorkflowIds.upload(id)))
                .build());
  }

  private static WorkflowServiceBlockingStub service() {
    return cluster.temporal().getWorkflowServiceStubs().blockingStub();
  }

  private static String namespace() {
    return cluster.temporal().getOptions().getNamespace();
  }

  private static Payloads payloads(Object value) {
    return DefaultDataConverter.newDefaultInstance().toPayloads(value).orElseThrow();
  }

  private static Payload json(String text) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8(text))
        .build();
  }
}
