package dev.vitrine.backend;

import dev.vitrine.access.Requester;
import dev.vitrine.process.ExecutionState;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import java.time.Duration;
import java.util.Optional;

/** A task in Temporal. */
record TemporalTask(TaskHandle task, RequesterClaim claim, Requester by) implements RunningWork {

  @Override
  public String what() {
    return "task " + task.taskId();
  }

  @Override
  public Reply started() {
    return Reply.of("task_id", task.taskId(), "workflow_id", task.workflowId());
  }

  @Override
  public String leave() {
    return """
    Task %1$s goes on without you.
      watch it:   vitrine task watch %1$s%2$s
      cancel it:  vitrine task cancel %1$s%2$s\
    """
        .formatted(task.taskId(), claim.repeated());
  }

  @Override
  public boolean hasEnded() {
    return task.hasEnded();
  }

  @Override
  public Optional<Ending> await(Duration timeout) {
    return task.await(timeout).map(TemporalTask::ending);
  }

  @Override
  public ExecutionState state() {
    return task.state();
  }

  @Override
  public void cancel() {
    task.cancel(by);
  }

  private static Ending ending(TaskSummary task) {
    return new Ending(
        task.status().wireName(),
        Replies.of(task),
        task.status() == TaskStatus.SUCCESS
            ? null
            : new Failure(
                "TaskFailure", "task %s failed: %s".formatted(task.id(), task.message())));
  }
}
