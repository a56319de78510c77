package dev.vitrine.it;

import static dev.vitrine.it.Cluster.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.task.TaskRequest;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowExecutionDescription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does and sees in the list of workflows: only a real server resets and lists. */
@Timeout(300)
class ResetIT {

  @TempDir private static Path directory;

  @Test
  void aTaskThatHasEndedStaysWhatItIsAndReadingLeavesNoRow() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      cluster.startWorker();
      Path source = Files.write(cluster.sources().resolve("source"), new byte[1000]);
      Path missing = cluster.sources().resolve("missing");
      TaskSummary failed = run(cluster, missing);
      TaskSummary done = run(cluster, source);
      assertThat(failed.status()).isEqualTo(TaskStatus.FAILURE);
      assertThat(done.status()).isEqualTo(TaskStatus.SUCCESS);
      assertThat(status(cluster, failed.id()))
          .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED);
      Task failedBefore = cluster.registry.tasks().find(failed.id()).orElseThrow();
      Task doneBefore = cluster.registry.tasks().find(done.id()).orElseThrow();
      // What failed could succeed now, if it were done again.
      Files.write(missing, new byte[1000]);

      for (TaskSummary task : List.of(failed, done)) {
        // The first, as the Web UI proposes; and one in the middle, with all its steps behind it.
        String run = describe(cluster, task.id()).getExecution().getRunId();
        for (HistoryEvent at : List.of(workflowTasks(cluster, task).get(0), last(cluster, task))) {
          reset(cluster, task.id(), run, at);
          Eventually.until("it has ended again", () -> hasEnded(cluster, task.id()));
        }
      }

      assertThat(cluster.registry.tasks().find(failed.id())).contains(failedBefore);
      assertThat(cluster.registry.tasks().find(done.id())).contains(doneBefore);
      assertThat(cluster.registry.lookup().find(failed.imageId()).orElseThrow().status())
          .isEqualTo(ImageStatus.DELETED);
      assertThat(cluster.registry.lookup().find(done.imageId()).orElseThrow().status())
          .isEqualTo(ImageStatus.ACTIVE);
      Eventually.until("one image's data is there", () -> cluster.filesInStore().size() == 1);

      for (int i = 0; i < 3; i++) {
        UUID unknown = UUID.randomUUID();
        assertThatThrownBy(() -> cluster.client.findTask(unknown, ALICE))
            .isInstanceOf(NotFound.class);
      }
      assertThat(cluster.client.findTask(done.id(), ALICE).status()).isEqualTo(TaskStatus.SUCCESS);
      Eventually.until("the list has the reader", () -> readers(cluster) > 0);
      assertThat(readers(cluster)).isEqualTo(1);
    }
  }

  private static TaskSummary run(Cluster cluster, Path source) {
    TaskInput input = new TaskInput.Import(source.toUri().toString(), "raw", Map.of());
    return cluster.client.startTask(new TaskRequest(UUID.randomUUID(), input, ALICE)).await();
  }

  private static long readers(Cluster cluster) {
    return cluster
        .temporal()
        .listExecutions("WorkflowType IN ('RegistryReader', 'TaskLookup')")
        .count();
  }

  private static WorkflowExecutionStatus status(Cluster cluster, UUID taskId) {
    return describe(cluster, taskId).getStatus();
  }

  private static boolean hasEnded(Cluster cluster, UUID taskId) {
    return status(cluster, taskId) != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  private static WorkflowExecutionDescription describe(Cluster cluster, UUID taskId) {
    return cluster.temporal().newUntypedWorkflowStub(WorkflowIds.task(taskId)).describe();
  }

  private static List<HistoryEvent> workflowTasks(Cluster cluster, TaskSummary task) {
    return cluster.temporal().fetchHistory(WorkflowIds.task(task.id())).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        .toList();
  }

  private static HistoryEvent last(Cluster cluster, TaskSummary task) {
    List<HistoryEvent> all = workflowTasks(cluster, task);
    return all.get(all.size() - 1);
  }

  private static void reset(Cluster cluster, UUID taskId, String run, HistoryEvent at) {
    var unused =
        cluster
            .temporal()
            .getWorkflowServiceStubs()
            .blockingStub()
            .resetWorkflowExecution(
                ResetWorkflowExecutionRequest.newBuilder()
                    .setNamespace(cluster.temporal().getOptions().getNamespace())
                    .setWorkflowExecution(
                        WorkflowExecution.newBuilder()
                            .setWorkflowId(WorkflowIds.task(taskId))
                            .setRunId(run))
                    .setReason("pressed Reset")
                    .setRequestId(UUID.randomUUID().toString())
                    .setWorkflowTaskFinishEventId(at.getEventId())
                    .build());
  }
}
