package dev.vitrine.workflow.reader;

import static dev.vitrine.workflow.TestStack.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Operation;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.process.Processes;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.client.WorkflowStub;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads for clients without a registry. */
@Timeout(120)
class RegistryReaderTest {

  @Test
  void answersAllFromOneExecutionThatGoesOnAsANewOne() {
    try (TestStack stack = new TestStack()) {
      UUID taskId = UUID.randomUUID();
      stack.tasks.createTask(
          new Operation("c", "w", "r", "given"),
          taskId,
          new TaskInput.Import("http://source.example/x", "raw", Map.of()),
          ALICE,
          null);
      Processes processes = new Processes(stack.client(), TestStack.INSTALLATION);
      UUID unknown = UUID.randomUUID();

      assertThat(processes.findTask(taskId, ALICE).status()).isEqualTo(TaskStatus.PENDING);
      String first = run(stack);
      assertThatThrownBy(() -> processes.findTask(unknown, ALICE))
          .satisfies(e -> assertThat(Failures.fromTemporal(e)).get().isInstanceOf(NotFound.class));
      assertThat(run(stack)).isEqualTo(first);
      for (int i = 0; i < RegistryReaderWorkflowImpl.READS; i++) {
        assertThat(processes.findTask(taskId, ALICE).id()).isEqualTo(taskId);
      }
      assertThat(run(stack)).isNotEqualTo(first);
    }
  }

  /** Which run of the one reader there is answers at present. */
  private static String run(TestStack stack) {
    WorkflowStub reader =
        stack.client().newUntypedWorkflowStub(WorkflowIds.reader(TestStack.QUEUES));
    return reader.describe().getExecution().getRunId();
  }
}
