package dev.vitrine.process;

import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.BOB;
import static dev.vitrine.workflow.TestStack.INSTALLATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.VitrineSearchAttributes;
import dev.vitrine.workflow.task.TaskRequest;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks whose creator waits for what the registry says. */
@Timeout(60)
class TaskCreationTest {

  private static final TaskInput IMPORT =
      new TaskInput.Import("http://source.example/x", "raw", Map.of());

  private final TestStack stack = new TestStack();
  private final Processes processes = new Processes(stack.client(), INSTALLATION);
  private final UUID id = UUID.randomUUID();

  @AfterEach
  void stop() {
    stack.close();
  }

  private TaskHandle create(UUID taskId, TaskInput input) {
    return create(processes, taskId, input);
  }

  private static TaskHandle create(Processes processes, UUID taskId, TaskInput input) {
    CompletableFuture<TaskHandle> created =
        processes.createTask(new TaskRequest(taskId, input, ALICE));
    // As a callback gets it: not wrapped.
    Throwable error = created.handle((task, failure) -> failure).join();
    if (error instanceof VitrineException refused) {
      throw refused;
    }
    return created.join();
  }

  @Test
  void isOverOnceTheRegistryHasTheTask() {
    stack.transfers.hang = true;

    TaskHandle task = create(id, IMPORT);

    assertThat(stack.tasks.requireTask(id, ALICE).status().isFinal()).isFalse();
    assertThat(task.hasEnded()).isFalse();
    stack.transfers.hang = false;
    assertThat(task.await().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  /** So does whoever repeats a request of which no answer has come. */
  @Test
  void joinsTheTaskThatRuns() {
    stack.transfers.hang = true;
    create(id, IMPORT);

    assertThat(create(id, IMPORT).hasEnded()).isFalse();
    assertThat(stack.tasks.tasks).hasSize(1);
    stack.transfers.hang = false;
  }

  @Test
  void saysSoIfTheIdIsOfATaskThatIsOver() {
    create(id, IMPORT).await();

    assertThatThrownBy(() -> create(id, IMPORT))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("task " + id);
  }

  @Test
  void isRefusedAsTheRegistryRefusesIt() {
    stack.tasks.createTask(new Operation("c", "another", "r", "given"), id, IMPORT, BOB, null);

    assertThatThrownBy(() -> create(id, IMPORT)).isInstanceOf(Conflict.class);
  }

  /** A worker of the last release knows no such question. */
  @Test
  void isNotWaitedForWhereNobodyAnswers() {
    try (TestWorkflowEnvironment former =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build())) {
      VitrineSearchAttributes.ALL.forEach(
          key ->
              former.registerSearchAttribute(
                  key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
      former
          .newWorker(TestStack.QUEUES.workflows())
          .registerWorkflowImplementationTypes(FormerTaskImpl.class);
      former.start();

      assertThatThrownBy(
              () -> create(new Processes(former.getWorkflowClient(), INSTALLATION), id, IMPORT))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("task %s is under way".formatted(id));
    }
  }

  /** The same type, as the last release had it. */
  @WorkflowInterface
  public interface FormerTask {
    @WorkflowMethod(name = "Task")
    void run(TaskRequest request);
  }

  public static final class FormerTaskImpl implements FormerTask {
    @Override
    public void run(TaskRequest request) {
      Workflow.await(() -> false);
    }
  }

  /** A task may be over in the very step in which it was asked. */
  @Test
  void isAnsweredHoweverSoonTheTaskIsOver() {
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));

    TaskHandle task = create(id, IMPORT);

    assertThat(task.await().status()).isEqualTo(TaskStatus.FAILURE);
    TaskHandle refused =
        create(UUID.randomUUID(), new TaskInput.Clone(UUID.randomUUID(), Map.of()));
    assertThat(refused.await().message()).startsWith("clone refused");
  }
}
