package dev.vitrine.registry;

import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.listing.TaskQuery;
import dev.vitrine.registry.IdempotencyKey.Claim;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tasks for whoever asks on somebody's behalf. Who may do it is the caller's business. */
public interface TaskRecords {

  /** As many as a page of any list has at most. */
  int MOST_OF_IMAGE = 1000;

  /** {@code TooLarge} if no task may have that input; for who has to know before it is started. */
  void requireAcceptable(TaskInput input);

  /**
   * {@code Unavailable} if as many tasks of the project as may be are not over. Several who ask at
   * once may all be told that there is room.
   */
  void requireRoom(String project);

  /**
   * Makes the key stand for a task that its workflow is about to create: whoever claims it goes on
   * with the claim's id, so that a repeat also carries on what the first request did not get to.
   * {@code KeyReused} if the key was given with another request.
   */
  Claim claim(IdempotencyKey key, UUID taskId);

  /**
   * Edge 1. Whoever asks again for the same task, by whatever operation, gets it as it is now;
   * {@code Conflict} if the id was ever used for another; {@code TooLarge} as {@link
   * #requireAcceptable}.
   */
  Task create(Operation operation, UUID taskId, TaskInput input, Requester by);

  /**
   * The same for a task that does again what a failed one did: it has that one's input, and names
   * it. {@code NotFound} if there is no such task, {@code Conflict} if it has not failed.
   */
  Task retry(Operation operation, UUID taskId, UUID failedTaskId, Requester by);

  /** The task, whoever may see it. */
  Optional<Task> find(UUID taskId);

  /**
   * One page, in its order; shorter than the limit only if it is the last one. {@code Invalid} if
   * there is no task that is the marker and that the viewer may see.
   *
   * @param seen what a task has to be to the viewer
   */
  List<Task> list(TaskQuery query, Set<Relation> seen);

  /**
   * The tasks that are about an image and have not expired, newest first, and no more than {@value
   * #MOST_OF_IMAGE} of them.
   *
   * @param seen what a task has to be to the viewer
   */
  List<Task> ofImage(UUID imageId, Requester viewer, Set<Relation> seen);
}
