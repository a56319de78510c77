package dev.vitrine.cli;

import dev.vitrine.process.TaskHandle;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskStatus;

/** Watches a task to its end, and says how it ended. */
record TaskWatch(Vitrine vitrine, RequesterOptions requester) {

  /**
   * Follows it.
   *
   * @param beginning what is said at first
   */
  ExitCode follow(TaskHandle handle, String beginning) {
    ProgressDisplay display = vitrine.progressOf("task " + handle.taskId());
    display.status(beginning);
    Task task =
        new Waiting(display, vitrine.shell().poll())
            .forResult(
                handle::await,
                handle::standing,
                """
                Task %1$s goes on without you.
                  watch it:   vitrine task watch %1$s%2$s
                  cancel it:  vitrine task cancel %1$s%2$s"""
                    .formatted(handle.taskId(), requester.repeated()));
    display.status(task.status().wireName());
    vitrine.output().print(task, TaskCommands.lines(task));
    return task.status() == TaskStatus.SUCCESS
        ? ExitCode.OK
        : vitrine.failed("TaskFailure", "task %s failed: %s".formatted(task.id(), task.message()));
  }
}
