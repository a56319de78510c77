package dev.vitrine.fake;

import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Visibility;
import dev.vitrine.worker.RealTemporal;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.VitrineSearchAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Vitrine's workflows without their work, on a Temporal server. What becomes of an upload or an
 * import, its source's last path segment says: see {@link FakeUpload} and {@link FakeTask};
 * deletions and actions look at the image's id.
 */
public final class FakeVitrine implements AutoCloseable {

  /** Whose workers they are; no Schedule tells. */
  public static final InstallationId INSTALLATION = new InstallationId("fake");

  /** The queues they poll. */
  public static final TaskQueues QUEUES = TaskQueues.of(INSTALLATION);

  /** No such image. */
  public static final UUID MISSING = UUID.fromString("00000000-0000-4000-8000-000000000404");

  /** Its deletion ends as a failed workflow while the update waits. */
  public static final UUID PROTECTED = UUID.fromString("00000000-0000-4000-8000-000000000403");

  /** Its deletion refuses in the update itself. */
  public static final UUID PROTECTED_LATE = UUID.fromString("00000000-0000-4000-8000-000000001403");

  /** The data of every upload that succeeds. */
  public static final ImageData DATA = new ImageData(2048, "0a".repeat(16), "0b".repeat(64));

  /** What a held transfer has said: half of the data, at a kibibyte a second. */
  public static final long HALF = 1024;

  private final TestWorkflowEnvironment environment;

  private FakeVitrine(TestWorkflowEnvironment environment) {
    this.environment = environment;
  }

  /** Starts workers on an in-memory server. */
  public static FakeVitrine start() {
    return start(
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build()));
  }

  /** Starts workers on a real server; skips the test where there is none. */
  public static FakeVitrine startOnRealServer() {
    return start(RealTemporal.start());
  }

  /** A real server that knows Vitrine's search attributes, and that nobody works for. */
  public static FakeVitrine startOnRealServerWithoutWorkers() {
    TestWorkflowEnvironment environment = RealTemporal.start();
    registerSearchAttributes(environment);
    return new FakeVitrine(environment);
  }

  private static void registerSearchAttributes(TestWorkflowEnvironment environment) {
    VitrineSearchAttributes.ALL.forEach(
        key ->
            environment.registerSearchAttribute(
                key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
  }

  private static FakeVitrine start(TestWorkflowEnvironment environment) {
    registerSearchAttributes(environment);
    Worker workflows = environment.newWorker(QUEUES.workflows());
    workflows.registerWorkflowImplementationTypes(
        FakeUpload.class,
        FakeTask.class,
        FakeReader.class,
        FakeDeletion.class,
        FakeAction.class,
        FakeVerification.class,
        FakeSweep.class);
    environment
        .newWorker(
            QUEUES.transfers(),
            // A throttled heartbeat would keep the worker from closing until it is due.
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(50))
                .build())
        .registerActivitiesImplementations(new HeldTransfers());
    environment.start();
    return new FakeVitrine(environment);
  }

  /** A connection to the server. */
  public WorkflowClient temporal() {
    return environment.getWorkflowClient();
  }

  /** Lets the held transfer of a workflow succeed. */
  public void release(String workflowId) {
    ActivityCompletionClient completion = temporal().newActivityCompletionClient();
    String activityId =
        temporal()
            .newUntypedWorkflowStub(workflowId)
            .describe()
            .getRawDescription()
            .getPendingActivities(0)
            .getActivityId();
    completion.complete(workflowId, Optional.empty(), activityId, DATA);
  }

  @Override
  public void close() {
    environment.close();
  }

  static ImageSummary image(
      UUID id, @Nullable String name, String owner, ImageStatus status, @Nullable Long size) {
    return new ImageSummary(
        id,
        name,
        status,
        size,
        null,
        null,
        null,
        "raw",
        "bare",
        Visibility.SHARED,
        false,
        owner,
        null,
        null);
  }

  /** The failure of an upload or a task that failed. */
  static ApplicationFailure failed(String type, Object detail) {
    return ApplicationFailure.newBuilder()
        .setType(type)
        .setMessage("it failed")
        .setNonRetryable(true)
        .setDetails(detail)
        .build();
  }

  /** What a source or destination asks the fake to do: its last path segment. */
  static String wish(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
