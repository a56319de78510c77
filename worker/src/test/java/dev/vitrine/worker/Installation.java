package dev.vitrine.worker;

import static io.temporal.api.enums.v1.WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;

import dev.vitrine.access.Requester;
import dev.vitrine.config.Settings;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.NewImage;
import dev.vitrine.registry.Registry;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.action.ImageActionWorkflow;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.deletion.ImageDeletionWorkflow;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationResult;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import dev.vitrine.workflow.task.FailedTask;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.task.TaskWorkflow;
import dev.vitrine.workflow.upload.FailedUpload;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The whole of Vitrine on one machine, in a directory: an in-memory Temporal server, a worker, an
 * SQLite registry and a store. Its methods start the workflows as a client does.
 */
final class Installation implements AutoCloseable {

  static final Requester ALICE = Requester.member("alice", "acme");
  static final Requester BOB = Requester.member("bob", "other");
  static final Requester ROOT = Requester.admin("root", "ops");

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final InstallationFiles files;
  private final TestWorkflowEnvironment temporal;
  private final VitrineWorker worker;
  private boolean stopped;

  /** Reconciles before it returns, and then for long not again by itself. */
  Installation(Path directory) throws IOException, InterruptedException {
    this(directory, Map.of());
  }

  Installation(Path directory, Map<String, String> overrides)
      throws IOException, InterruptedException {
    this(directory, overrides, Metering.NONE);
  }

  /** Measured and traced. */
  Installation(Path directory, Map<String, String> overrides, Metering metering)
      throws IOException, InterruptedException {
    files = new InstallationFiles(directory);
    Map<String, String> environment = new HashMap<>(files.environment());
    environment.putAll(overrides);
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());
    worker =
        VitrineWorker.start(
            temporal.getWorkflowClient(),
            Settings.load(null, environment),
            Clock.systemUTC(),
            metering);
    await("the pass at the start is over", this::waitsForTheNextPass);
  }

  private boolean waitsForTheNextPass() {
    try {
      return client().fetchHistory(reconciliation()).getEvents().stream()
          .anyMatch(HistoryEvent::hasTimerStartedEventAttributes);
    } catch (StatusRuntimeException notStarted) {
      return false;
    }
  }

  /** The id of the workflow that repeats itself. */
  String reconciliation() {
    return WorkflowIds.reconciliation(worker.installation());
  }

  Registry registry() {
    return worker.registry();
  }

  InstallationFiles files() {
    return files;
  }

  VitrineWorker worker() {
    return worker;
  }

  /** Waits until an activity of that workflow has failed for want of the store. */
  void awaitAttempt(String workflowId) throws InterruptedException {
    await(
        "an attempt fails",
        () ->
            pending(workflowId).stream()
                .anyMatch(
                    activity -> activity.getLastFailure().getMessage().contains("is unavailable")));
  }

  UploadResult upload(UploadRequest request) {
    return end(startUpload(request));
  }

  /** An image of Alice's that is active, with that data. */
  UUID activeImage(byte[] data) throws IOException {
    NewImage image = NewImage.of(UUID.randomUUID(), ALICE.project());
    UploadResult result = upload(UploadRequest.of(image, files.file(data), ALICE));
    if (result.outcome() != UploadResult.Outcome.ACTIVATED) {
      throw new AssertionError(result);
    }
    return image.id();
  }

  /** Starts an upload and returns the handle by which it is cancelled, terminated or awaited. */
  WorkflowStub startUpload(UploadRequest request) {
    ImageUploadWorkflow stub = uploads(request.imageId());
    WorkflowClient.start(stub::upload, request);
    return WorkflowStub.fromTyped(stub);
  }

  void cancelUpload(UUID imageId, Requester by) {
    client().newWorkflowStub(ImageUploadWorkflow.class, WorkflowIds.upload(imageId)).cancel(by);
  }

  private ImageUploadWorkflow uploads(UUID imageId) {
    return client()
        .newWorkflowStub(ImageUploadWorkflow.class, options(WorkflowIds.upload(imageId)));
  }

  ImageSummary act(ImageAction action) {
    return client()
        .newWorkflowStub(
            ImageActionWorkflow.class, options(WorkflowIds.action(action.imageId(), action.verb())))
        .act(action);
  }

  /** Returns once the image is deleted, or pending_delete; its data may still be there. */
  ImageSummary delete(UUID imageId, Requester by, Duration delay) {
    ImageDeletionWorkflow stub =
        client()
            .newWorkflowStub(
                ImageDeletionWorkflow.class,
                WorkflowOptions.newBuilder(options(WorkflowIds.deletion(imageId)))
                    .setWorkflowIdConflictPolicy(WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .build());
    return WorkflowClient.executeUpdateWithStart(
        stub::awaitDeleted,
        by,
        UpdateOptions.<ImageSummary>newBuilder().build(),
        new WithStartWorkflowOperation<>(stub::delete, new DeletionRequest(imageId, by, delay)));
  }

  /** Waits until no data is left. */
  DeletionResult awaitDataRemoved(UUID imageId) {
    return workflow(WorkflowIds.deletion(imageId)).getResult(DeletionResult.class);
  }

  /** Waits until the registry knows of no data of an image. */
  void awaitNoLocation(UUID imageId) throws InterruptedException {
    await("the data is gone", () -> registry().locations().of(imageId).isEmpty());
  }

  TaskSummary run(TaskInput input, Requester by) {
    return endOfTask(startTask(input, by));
  }

  /** How an upload ended, whether it failed or not. */
  static UploadResult end(WorkflowStub upload) {
    try {
      return upload.getResult(UploadResult.class);
    } catch (WorkflowFailedException failed) {
      return FailedUpload.result(failed).orElseThrow(() -> failed);
    }
  }

  /** The same of a task. */
  TaskSummary endOfTask(UUID taskId) {
    try {
      return workflow(WorkflowIds.task(taskId)).getResult(TaskSummary.class);
    } catch (WorkflowFailedException failed) {
      return FailedTask.task(failed).orElseThrow(() -> failed);
    }
  }

  UUID startTask(TaskInput input, Requester by) {
    UUID taskId = UUID.randomUUID();
    TaskWorkflow stub =
        client().newWorkflowStub(TaskWorkflow.class, options(WorkflowIds.task(taskId)));
    WorkflowClient.start(stub::run, new TaskRequest(taskId, input, by));
    return taskId;
  }

  void cancelTask(UUID taskId, Requester by) {
    client().newWorkflowStub(TaskWorkflow.class, WorkflowIds.task(taskId)).cancel(by);
  }

  /** What one pass counted. */
  ReconciliationResult reconcile() {
    return reconcileInFull().counts();
  }

  /** One pass. */
  ReconciliationResult reconcileInFull() {
    return client()
        .newWorkflowStub(
            ReconciliationWorkflow.class, options(reconciliation() + "/" + UUID.randomUUID()))
        .reconcile(ReconciliationRequest.once(Duration.ofHours(1)));
  }

  WorkflowStub workflow(String workflowId) {
    return client().newUntypedWorkflowStub(workflowId);
  }

  void terminate(String workflowId) {
    workflow(workflowId).terminate("somebody pressed Terminate");
  }

  boolean isRunning(String workflowId) {
    return describe(workflowId).getWorkflowExecutionInfo().getCloseTime().getSeconds() == 0;
  }

  /** The activities that a workflow waits for. */
  List<PendingActivityInfo> pending(String workflowId) {
    return describe(workflowId).getPendingActivitiesList();
  }

  private DescribeWorkflowExecutionResponse describe(String workflowId) {
    return temporal
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(temporal.getNamespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .build());
  }

  /** The refusal with which a call ends. */
  static VitrineException refusal(ThrowingCallable call) {
    try {
      call.call();
    } catch (Throwable e) {
      return Failures.fromTemporal(e).orElseThrow(() -> new AssertionError("no refusal", e));
    }
    throw new AssertionError("not refused");
  }

  /**
   * The history of an image or a task, a line a change: {@code queued > begin upload > saving in
   * image-upload}, where the workflow's id goes on with the subject's.
   */
  List<String> history(UUID subject) {
    return registry().history().of(subject).stream()
        .map(
            entry ->
                "%s > %s > %s in %s"
                    .formatted(
                        entry.from() == null ? "-" : entry.from(),
                        entry.event(),
                        entry.to(),
                        entry.workflowId().replace("/" + subject, "")))
        .toList();
  }

  /** Waits for a condition, with a deadline. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || never.await(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("not within %s: %s".formatted(DEADLINE, what));
      }
    }
  }

  WorkflowClient client() {
    return temporal.getWorkflowClient();
  }

  private WorkflowOptions options(String workflowId) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(workflowId)
        .setTaskQueue(TaskQueues.of(worker.installation()).workflows())
        .build();
  }

  /** Ends the process and loses the server with all its workflows. */
  void stop() {
    if (!stopped) {
      stopped = true;
      worker.close();
      temporal.close();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
