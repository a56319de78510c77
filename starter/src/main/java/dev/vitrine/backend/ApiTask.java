package dev.vitrine.backend;

import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.process.ExecutionState;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteProgress;
import dev.vitrine.remote.RemoteTask;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A task of an image API, which is asked again and again.
 *
 * @param repeated what another command takes to ask the same server
 */
record ApiTask(ImageApi api, UUID id, String repeated) implements RunningWork {

  @Override
  public String what() {
    return "task " + id;
  }

  @Override
  public Reply started() {
    return Reply.of("task_id", id, "server", api.endpoint());
  }

  @Override
  public String leave() {
    return """
    Task %1$s goes on without you.
      watch it:   vitrine task watch %1$s%2$s
      cancel it:  vitrine task cancel %1$s%2$s\
    """
        .formatted(id, repeated);
  }

  @Override
  public boolean hasEnded() {
    return api.tasks().show(id).isFinal();
  }

  @Override
  public Optional<Ending> await(Duration timeout) {
    RemoteTask task = api.tasks().show(id);
    if (task.isFinal()) {
      return Optional.of(ending(task));
    }
    LockSupport.parkNanos(timeout.toNanos());
    return Optional.empty();
  }

  /** Of a server that does not have progress, only that it has not ended. */
  @Override
  public ExecutionState state() {
    try {
      RemoteProgress progress = api.tasks().progress(id);
      return new ExecutionState(false, progress.progress(), progress.message(), null);
    } catch (NotFound e) {
      return new ExecutionState(false, null, null, null);
    }
  }

  /** The same where the caller may not see the task by itself, which is no trouble. */
  ExecutionState stateIfShown() {
    try {
      return state();
    } catch (Forbidden notShown) {
      return new ExecutionState(false, null, null, null);
    }
  }

  @Override
  public void cancel() {
    api.tasks().cancel(id);
  }

  private static Ending ending(RemoteTask task) {
    return new Ending(
        task.status(),
        Replies.of(task, null),
        task.status().equals("success")
            ? null
            : new Failure(
                "TaskFailure", "task %s failed: %s".formatted(task.id(), task.message())));
  }
}
