package dev.vitrine.process;

import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.INSTALLATION;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.VitrineSearchAttributes;
import dev.vitrine.workflow.deletion.DeletionRequest;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks a worker that does not know the question; one that does is asked elsewhere. */
@Timeout(60)
class UpdateAnswerTest {

  @Test
  void isNotWaitedForWhereNobodyAnswers() {
    UUID id = UUID.randomUUID();
    try (TestWorkflowEnvironment former =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build())) {
      VitrineSearchAttributes.ALL.forEach(
          key ->
              former.registerSearchAttribute(
                  key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
      former
          .newWorker(TestStack.QUEUES.workflows())
          .registerWorkflowImplementationTypes(FormerDeletionImpl.class);
      former.start();
      Processes processes = new Processes(former.getWorkflowClient(), INSTALLATION);

      assertThatThrownBy(() -> processes.delete(id, ALICE, Duration.ZERO))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("deletion of image %s is under way".formatted(id));
    }
  }

  /** The same type without its update. */
  @WorkflowInterface
  public interface FormerDeletion {
    @WorkflowMethod(name = "ImageDeletion")
    void delete(DeletionRequest request);
  }

  public static final class FormerDeletionImpl implements FormerDeletion {
    @Override
    public void delete(DeletionRequest request) {
      Workflow.await(() -> false);
    }
  }
}
