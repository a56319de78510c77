package dev.vitrine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.fake.FakeVitrine;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.process.Processes;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a server uses that must not block a thread for each client that waits. */
class FuturesTest extends ClientFixture {

  @SuppressWarnings("NullAway.Init")
  private static FakeVitrine vitrine;

  private final Processes processes = new Processes(vitrine.temporal(), FakeVitrine.INSTALLATION);

  FuturesTest() {
    super(vitrine);
  }

  @BeforeAll
  static void start() {
    vitrine = FakeVitrine.start();
  }

  @AfterAll
  static void stop() {
    vitrine.close();
  }

  @Test
  void anUploadsResultComesWhenItHasEnded() throws Exception {
    UploadHandle upload = processes.startUpload(upload("hold"));
    CompletableFuture<UploadResult> result = upload.result();

    waitFor(upload::await, upload::progress);
    assertThat(result).isNotDone();
    vitrine.release(upload.workflowId());

    assertThat(valueOf(result).outcome()).isEqualTo(Outcome.ACTIVATED);
  }

  @Test
  void whatAwaitThrowsIsWhatTheFutureFailsWith() throws Exception {
    UploadHandle terminated = processes.startUpload(upload("hold"));
    CompletableFuture<UploadResult> result = terminated.result();
    vitrine.temporal().newUntypedWorkflowStub(terminated.workflowId()).terminate("by hand");

    assertThat(errorOf(result))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("terminated in Temporal");
    assertThat(errorOf(processes.startUpload(upload("refused")).result()))
        .isInstanceOf(Forbidden.class);
    assertThat(errorOf(processes.upload(UUID.randomUUID()).result())).isInstanceOf(NotFound.class);
    assertThat(errorOf(processes.task(UUID.randomUUID()).result())).isInstanceOf(NotFound.class);
  }

  @Test
  void aTasksResultIsTheTask() throws Exception {
    TaskHandle task = processes.startTask(importing("ok"));

    TaskSummary ended = valueOf(task.result());

    assertThat(ended.id()).isEqualTo(task.taskId());
    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void aDeletionIsAcceptedOrRefusedByAFuture() throws Exception {
    assertThat(
            valueOf(processes.startDeletion(UUID.randomUUID(), ANNA, Duration.ZERO))
                .image()
                .status())
        .isEqualTo(ImageStatus.DELETED);
    assertThat(errorOf(processes.startDeletion(FakeVitrine.MISSING, ANNA, Duration.ZERO)))
        .isInstanceOf(NotFound.class)
        .hasMessage("image %s was not found", FakeVitrine.MISSING);
    assertThat(errorOf(processes.startDeletion(FakeVitrine.PROTECTED_LATE, ANNA, Duration.ZERO)))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void aServerThatIsNotThereFailsTheDeletionsFuture() throws Exception {
    WorkflowServiceStubs nobody =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:1").build());
    nobody.shutdownNow();
    Processes cut = new Processes(WorkflowClient.newInstance(nobody), FakeVitrine.INSTALLATION);

    assertThat(errorOf(cut.startDeletion(UUID.randomUUID(), ANNA, Duration.ZERO)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  private static <T> T valueOf(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  /** As a callback gets it: not wrapped. */
  private static Throwable errorOf(CompletableFuture<?> future)
      throws InterruptedException, TimeoutException {
    try {
      Object value = future.handle((ended, error) -> error).get(20, TimeUnit.SECONDS);
      assertThat(value).isInstanceOf(Throwable.class);
      return (Throwable) value;
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
