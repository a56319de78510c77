package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that is shut down in the middle of a transfer, and the one that takes over. */
class HandOverIT extends TransferFixture {

  /** Does one transfer. */
  @WorkflowInterface
  public interface OneTransfer {
    @WorkflowMethod
    ImageData run(TransferRequest request);
  }

  /** On the queue {@code transfer}. */
  public static final class OneTransferImpl implements OneTransfer {

    private final TransferActivities activities =
        Workflow.newActivityStub(
            TransferActivities.class,
            ActivityOptions.newBuilder()
                .setTaskQueue("transfer")
                .setStartToCloseTimeout(Duration.ofHours(1))
                // Long: what the next worker knows, it must have been told.
                .setHeartbeatTimeout(Duration.ofMinutes(1))
                .setRetryOptions(
                    RetryOptions.newBuilder().setInitialInterval(Duration.ofSeconds(1)).build())
                .build());

    @Override
    public ImageData run(TransferRequest request) {
      return activities.transfer(request).data();
    }
  }

  @Test
  @Timeout(60)
  void losesNoByteWhenAWorkerIsShutDown() throws IOException {
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      environment.newWorker("workflow").registerWorkflowImplementationTypes(OneTransferImpl.class);
      environment.start();
      server.stallsAfter = 6543;
      WorkerFactory first = transferWorker(environment);
      WorkflowStub workflow =
          environment
              .getWorkflowClient()
              .newUntypedWorkflowStub(
                  "OneTransfer", WorkflowOptions.newBuilder().setTaskQueue("workflow").build());
      workflow.start(request(new Source.Url(server.url()), ExpectedData.NONE));
      awaitUnfinished(6000);

      first.shutdown();
      first.awaitTermination(30, TimeUnit.SECONDS);
      assertThat(first.isTerminated()).isTrue();
      long kept = store.unfinished(location.key(), null);
      assertThat(kept).isBetween(6000L, 6543L);

      server.stallsAfter = -1;
      WorkerFactory second = transferWorker(environment);
      assertThat(workflow.getResult(ImageData.class)).isEqualTo(digests(data));
      assertThat(server.requests).containsExactly("null null", "bytes=%d- \"v1\"".formatted(kept));
      assertStored(data);
      second.shutdownNow();
    }
  }

  /** The test's {@link Timeout} is its deadline. */
  private void awaitUnfinished(long bytes) {
    while (store.unfinished(location.key(), null) < bytes) {
      Thread.onSpinWait();
    }
  }

  private WorkerFactory transferWorker(TestWorkflowEnvironment environment) {
    WorkerFactory factory = WorkerFactory.newInstance(environment.getWorkflowClient());
    // As transfer workers do, or the shutdown waits for a heartbeat that is far off.
    WorkerOptions prompt =
        WorkerOptions.newBuilder().setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1)).build();
    factory.newWorker("transfer", prompt).registerActivitiesImplementations(activities);
    factory.start();
    return factory;
  }
}
