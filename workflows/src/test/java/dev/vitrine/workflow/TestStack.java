package dev.vitrine.workflow;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.AtOnceActivities;
import dev.vitrine.activity.AtOnceOutcome;
import dev.vitrine.activity.AtOnceRemoval;
import dev.vitrine.activity.AtOnceUpload;
import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ReconciliationActivities;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.activity.ScanPage;
import dev.vitrine.activity.ScanRequest;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.StreamActivities;
import dev.vitrine.error.WorkerConverter;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.deletion.ImageDeletionWorkflow;
import dev.vitrine.workflow.registration.FailsOnFaults;
import dev.vitrine.workflow.registration.VitrineWorkflows;
import dev.vitrine.workflow.task.FailedTask;
import dev.vitrine.workflow.task.TaskWorkflow;
import dev.vitrine.workflow.upload.FailedUpload;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The in-memory server with every workflow, on a registry and transfers in memory. */
public final class TestStack implements AutoCloseable {

  public static final InstallationId INSTALLATION = new InstallationId("test");
  public static final TaskQueues QUEUES = TaskQueues.of(INSTALLATION);
  public static final Requester ALICE = Requester.member("alice", "acme");
  public static final Requester BOB = Requester.member("bob", "other");
  public static final Requester ADMIN = Requester.admin("root", "ops");

  public final FakeTasks tasks = new FakeTasks();
  public final FakeRegistry registry = new FakeRegistry(tasks);
  public final FakeImports imports = new FakeImports(registry);
  public final FakeTransfers transfers = new FakeTransfers(registry);
  final NewerForms newerForms = new NewerForms();
  public final List<Finding> findings = new CopyOnWriteArrayList<>();
  final List<ScanRequest> scans = new CopyOnWriteArrayList<>();
  final List<String> forgotten = new CopyOnWriteArrayList<>();
  public final TestWorkflowEnvironment server;

  /** How often the process with that queue has given a sign of life. */
  public volatile ToLongFunction<String> signsOfLife = queue -> 0;

  /** What an upload comes to within its workflow task. */
  public volatile Function<AtOnceUpload, AtOnceOutcome> uploadsAtOnce =
      upload -> AtOnceOutcome.NOT_BEGUN;

  /** What a removal comes to within its workflow task. */
  public volatile Function<UUID, AtOnceRemoval> removalsAtOnce =
      image -> new AtOnceRemoval(null, 0, 0);

  public TestStack() {
    this(true);
  }

  /**
   * @param removals whether a process is up that removes data
   */
  public TestStack(boolean removals) {
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    VitrineSearchAttributes.ALL.forEach(
        key ->
            options.registerSearchAttribute(
                key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    options.setWorkerFactoryOptions(
        WorkerFactoryOptions.newBuilder().setWorkerInterceptors(new FailsOnFaults()).build());
    options.setWorkflowClientOptions(
        WorkflowClientOptions.newBuilder()
            .setDataConverter(new WorkerConverter(newerForms.converter()))
            .build());
    server = TestWorkflowEnvironment.newInstance(options.build());
    registry.clock = () -> Instant.ofEpochMilli(server.currentTimeMillis());
    Worker workflows = server.newWorker(QUEUES.workflows());
    VitrineWorkflows.register(workflows);
    workflows.registerActivitiesImplementations(
        registry, imports, tasks, new Findings(), new Signs(), new AtOnceSteps());
    Worker transferWorker =
        server.newWorker(
            QUEUES.transfers(),
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(50))
                .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(50))
                .build());
    transferWorker.registerActivitiesImplementations(transfers);
    if (removals) {
      server.newWorker(QUEUES.removals()).registerActivitiesImplementations(transfers);
    }
    server.start();
  }

  public WorkflowClient client() {
    return server.getWorkflowClient();
  }

  WorkflowServiceGrpc.WorkflowServiceBlockingStub service() {
    return server.getWorkflowServiceStubs().blockingStub();
  }

  public <T> T stub(Class<T> type, String id) {
    return client()
        .newWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(QUEUES.workflows())
                .build());
  }

  public ImageUploadWorkflow upload(UUID imageId) {
    return stub(ImageUploadWorkflow.class, WorkflowIds.upload(imageId));
  }

  public ImageUploadWorkflow secondUpload(UUID imageId) {
    return stub(ImageUploadWorkflow.class, WorkflowIds.upload(imageId, 2));
  }

  public ImageDeletionWorkflow deletion(UUID imageId) {
    return stub(ImageDeletionWorkflow.class, WorkflowIds.deletion(imageId));
  }

  public TaskWorkflow task(UUID taskId) {
    return stub(TaskWorkflow.class, WorkflowIds.task(taskId));
  }

  public static <T> T result(Object workflow, Class<T> type) {
    return WorkflowStub.fromTyped(workflow).getResult(type);
  }

  /** Runs an upload that fails; how it ended is what its failure says. */
  public static UploadResult failedUpload(Supplier<UploadResult> run) {
    return failure(run, FailedUpload::result);
  }

  /** The same of a task. */
  public static TaskSummary failedTask(Supplier<TaskSummary> run) {
    return failure(run, FailedTask::task);
  }

  private static <T> T failure(Supplier<T> run, Function<Throwable, Optional<T>> read) {
    T returned;
    try {
      returned = run.get();
    } catch (WorkflowFailedException failed) {
      return read.apply(failed).orElseThrow(() -> new AssertionError("another failure", failed));
    }
    throw new AssertionError("not a failed workflow, but " + returned);
  }

  /** Waits until the data of an image is gone, which nobody else waits for. */
  public void awaitNothingIsLeft() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; registry.hasLocations(); i++) {
      if (i == 500 || never.await(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("data is left: " + registry.locations);
      }
    }
  }

  public static UploadRequest newUpload(UUID imageId, FailurePolicy policy) {
    return new UploadRequest(
        imageId,
        NewImage.of(imageId, "acme"),
        new Source.Url("http://source.example/image.raw?secret=1"),
        policy,
        ExpectedData.NONE,
        ALICE,
        null);
  }

  @Override
  public void close() {
    server.close();
  }

  private final class AtOnceSteps implements AtOnceActivities {
    @Override
    public AtOnceOutcome uploadAtOnce(AtOnceUpload upload) {
      return uploadsAtOnce.apply(upload);
    }

    @Override
    public AtOnceRemoval removeAtOnce(UUID imageId) {
      return removalsAtOnce.apply(imageId);
    }
  }

  private final class Signs implements StreamActivities {
    @Override
    public long signsOfLife(String taskQueue) {
      return signsOfLife.applyAsLong(taskQueue);
    }
  }

  private final class Findings implements ReconciliationActivities {
    @Override
    public List<Finding.Kind> kindsInTransit() {
      return findings.stream().map(Finding::kind).distinct().sorted().toList();
    }

    /** Goes through the findings in their order, from where the mark says. */
    @Override
    public ScanPage scan(ScanRequest request) {
      scans.add(request);
      List<Finding> ofKind =
          findings.stream().filter(finding -> finding.kind() == request.kind()).toList();
      ScanMark after = request.after();
      int from = after == null ? 0 : (int) after.since().getEpochSecond();
      int to = Math.min(from + request.limit(), ofKind.size());
      return new ScanPage(
          ofKind.subList(from, to),
          to == ofKind.size() ? null : new ScanMark(Instant.ofEpochSecond(to), new UUID(0, to)),
          0);
    }

    @Override
    public List<Finding> findUnsettled(int limit) {
      return List.copyOf(findings);
    }

    @Override
    public void forgetPass(String workflowId, String runId) {
      forgotten.add(workflowId);
    }

    @Override
    public int removeExpiredTasks() {
      return 2;
    }

    @Override
    public int purgeDeletedImages() {
      return 3;
    }
  }
}
