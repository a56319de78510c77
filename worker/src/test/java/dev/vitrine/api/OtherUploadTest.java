package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Operation;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An upload meets another one of its image that was started and has not begun. */
@Timeout(120)
class OtherUploadTest {

  private final OnWaiting onWaiting = new OnWaiting();

  /** Does something when somebody begins to wait for a workflow. */
  private static final class OnWaiting extends WorkflowClientInterceptorBase {

    private volatile String workflowId = "";
    private volatile Runnable action = () -> {};

    @Override
    public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
        WorkflowClientCallsInterceptor next) {
      return new WorkflowClientCallsInterceptorBase(next) {
        @Override
        public <R> GetResultAsyncOutput<R> getResultAsync(GetResultInput<R> input) {
          if (input.getWorkflowExecution().getWorkflowId().equals(workflowId)) {
            action.run();
          }
          return super.getResultAsync(input);
        }
      };
    }
  }

  private WorkflowStub other(ApiInstallation installation, UUID id) {
    WorkflowStub other =
        installation
            .temporal()
            .newUntypedWorkflowStub(
                "ImageUpload",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(WorkflowIds.upload(id))
                    .setTaskQueue("a queue of nobody")
                    .build());
    other.start();
    onWaiting.workflowId = WorkflowIds.upload(id);
    return other;
  }

  @Test
  void startsNothingIfThatMadeTheImageActive() throws Exception {
    try (ApiInstallation installation = new ApiInstallation(onWaiting)) {
      Api alice = installation.as("alice", "mars", "member");
      UUID id = alice.queued();
      WorkflowStub other = other(installation, id);
      onWaiting.action =
          () -> {
            activate(installation, id);
            other.terminate("it is over");
          };

      assertThat(alice.upload(id, UploadFixture.data(10)).error(409))
          .contains("image %s is active: only a queued image takes data".formatted(id));

      WorkflowStub next = installation.temporal().newUntypedWorkflowStub(WorkflowIds.upload(id, 2));
      assertThatThrownBy(next::describe).isInstanceOf(WorkflowNotFoundException.class);
    }
  }

  @Test
  void goesOnIfThatLeftTheImageQueued() throws Exception {
    try (ApiInstallation installation = new ApiInstallation(onWaiting)) {
      Api alice = installation.as("alice", "mars", "member");
      UUID id = alice.queued();
      WorkflowStub other = other(installation, id);
      onWaiting.action = () -> other.terminate("its client went away");

      alice.upload(id, UploadFixture.data(10)).is(204);
      assertThat(alice.status(id)).isEqualTo("active");
    }
  }

  private static void activate(ApiInstallation installation, UUID id) {
    Location location =
        installation
            .registry()
            .uploads()
            .begin(operation(), id, FailurePolicy.REQUEUE, "local", null);
    ImageData data = new ImageData(7, "0".repeat(32), "0".repeat(128));
    installation.registry().transferNotes().recordMeasured(id, location.id(), data);
    installation.registry().uploads().complete(operation(), id, location.id(), data);
  }

  private static Operation operation() {
    return new Operation(UUID.randomUUID().toString(), "image-upload/x", "run", "a test");
  }
}
