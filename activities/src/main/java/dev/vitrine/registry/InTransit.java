package dev.vitrine.registry;

import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.TaskStatus;
import java.util.Map;

/**
 * How many images and tasks are on their way to another status.
 *
 * @param images by the statuses that a workflow is behind; {@value #MOST} stands for that many or
 *     more
 * @param tasks the same
 */
public record InTransit(Map<ImageStatus, Integer> images, Map<TaskStatus, Integer> tasks) {

  /** Nothing is counted beyond that. */
  public static final int MOST = 10_000;

  public InTransit {
    images = Map.copyOf(images);
    tasks = Map.copyOf(tasks);
  }
}
