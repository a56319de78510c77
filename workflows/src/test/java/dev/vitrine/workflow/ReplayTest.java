package dev.vitrine.workflow;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.workflow.registration.VitrineWorkflows;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays recorded histories: code that takes another turn than the one recorded fails here before
 * it meets a running workflow.
 */
@Timeout(120)
class ReplayTest {

  private static final TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance();
  private static final Worker worker = server.newWorker(TaskQueues.FORMER.workflows());

  @BeforeAll
  static void register() {
    VitrineWorkflows.register(worker);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> histories() throws IOException {
    return RecordedHistories.all(RecordedHistories.ROOT);
  }

  @ParameterizedTest
  @MethodSource("histories")
  void replays(String history) {
    assertThatCode(
            () ->
                WorkflowReplayer.replayWorkflowExecutionFromResource(
                    "histories/" + history, worker))
        .doesNotThrowAnyException();
  }

  /**
   * One that went wrong, given by {@code -Dvitrine.history}: fails if this code goes another way.
   */
  @Test
  @EnabledIfSystemProperty(named = "vitrine.history", matches = ".+")
  void replaysAFile() throws Exception {
    String json = Files.readString(Path.of(System.getProperty("vitrine.history")));
    WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(json), worker);
  }

  @Test
  void noticesAnotherTurn() {
    assertThatThrownBy(
            () ->
                WorkflowReplayer.replayWorkflowExecutionFromResource(
                    "histories/0.1.0/upload-activated.json", AnotherUpload.class))
        .hasStackTraceContaining("NonDeterministic");
  }

  /** An upload that forgot what the recorded one did. */
  public static final class AnotherUpload implements ImageUploadWorkflow {
    @Override
    public UploadResult upload(UploadRequest request) {
      Workflow.sleep(Duration.ofSeconds(1));
      throw new IllegalStateException("never gets here");
    }

    @Override
    public void cancel(Requester by) {}

    @Override
    public void delete(Requester by, String deletionWorkflowId) {}
  }
}
