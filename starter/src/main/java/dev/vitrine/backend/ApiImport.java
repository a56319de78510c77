package dev.vitrine.backend;

import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.process.ExecutionState;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteTask;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * An import into an image. It is asked after by its image, because most servers show tasks
 * themselves to admins only.
 *
 * @param repeated what another command takes to ask the same server
 */
public record ApiImport(ImageApi api, UUID imageId, UUID id, String repeated)
    implements RunningWork {

  @Override
  public String what() {
    return "import into image " + imageId;
  }

  @Override
  public Reply started() {
    return Reply.of("task_id", id, "image_id", imageId);
  }

  @Override
  public String leave() {
    return """
    The import into image %1$s goes on without you.
      see how it is:  vitrine image show %1$s%2$s\
    """
        .formatted(imageId, repeated);
  }

  @Override
  public boolean hasEnded() {
    return task().isFinal();
  }

  @Override
  public Optional<Ending> await(Duration timeout) {
    RemoteTask task = task();
    if (task.isFinal()) {
      return Optional.of(ending(task));
    }
    LockSupport.parkNanos(timeout.toNanos());
    return Optional.empty();
  }

  /** Where the server shows the task itself; else only that it has not ended. */
  @Override
  public ExecutionState state() {
    return new ApiTask(api, id, repeated).stateIfShown();
  }

  @Override
  public void cancel() {
    api.tasks().cancel(id);
  }

  private RemoteTask task() {
    return api.tasks().ofImage(imageId).stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFound("image %s has no task %s".formatted(imageId, id)));
  }

  private Ending ending(RemoteTask task) {
    if (task.status().equals("success")) {
      return new Ending(task.status(), Replies.of(api.images().show(imageId)), null);
    }
    return new Ending(
        task.status(),
        Replies.of(task, null),
        new Failure("TaskFailure", "%s failed: %s".formatted(what(), task.message())));
  }
}
