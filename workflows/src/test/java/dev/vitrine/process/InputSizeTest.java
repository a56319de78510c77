package dev.vitrine.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskInput;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Nothing listens where these starts would go: what is too large is refused before. */
final class InputSizeTest {

  private static final Requester ALICE = Requester.member("alice", "mars");
  private static final WorkflowServiceStubs NOWHERE =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:1").build());
  private static final WorkflowClient CLIENT = WorkflowClient.newInstance(NOWHERE);
  private static final UUID ID = UUID.randomUUID();

  private final Processes processes = new Processes(CLIENT, new InstallationId("test"));

  @AfterAll
  static void disconnect() {
    NOWHERE.shutdownNow();
  }

  private static NewImage image(int bytes) {
    NewImage plain = NewImage.of(ID, "mars");
    return new NewImage(
        ID,
        null,
        null,
        null,
        null,
        0,
        0,
        plain.visibility(),
        false,
        false,
        "mars",
        Map.of("note", "x".repeat(bytes)),
        plain.tags());
  }

  @Test
  void startsNothingThatCouldNotRun() {
    NewImage large = image(InputSize.LIMIT);
    TaskInput input = new TaskInput.Clone(ID, Map.of("note", "x".repeat(InputSize.LIMIT)));

    assertThatThrownBy(
            () ->
                processes.startUpload(UploadRequest.of(large, new Source.Url("http://h/"), ALICE)))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("upload of image " + ID)
        .hasMessageContaining("524288");
    assertThatThrownBy(() -> processes.startTask(new TaskRequest(ID, input, ALICE)))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("task " + ID);
    assertThatThrownBy(() -> processes.act(new ImageAction.Register(large, ALICE)))
        .isInstanceOf(TooLarge.class);
  }

  @Test
  void takesWhatFits() {
    assertThatCode(
            () ->
                InputSize.require(
                    CLIENT,
                    "register",
                    new ImageAction.Register(image(InputSize.LIMIT - 1_000), ALICE)))
        .doesNotThrowAnyException();
  }
}
