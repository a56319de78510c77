package dev.vitrine.backend;

import dev.vitrine.activity.SweepOrder;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskInput;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the commands that both can do are done by: Vitrine's workflows in Temporal, or a server of
 * the image API. What one can't do it refuses as {@link
 * dev.vitrine.error.VitrineException.Invalid}, saying what to do instead. It connects with its
 * first call, so that wrong arguments need no server.
 */
public sealed interface Backend extends AutoCloseable permits TemporalBackend, ApiBackend {

  Reply register(NewImage image);

  Reply addLocation(UUID imageId, String url);

  Reply deactivate(UUID imageId);

  Reply reactivate(UUID imageId);

  /**
   * Deletes an image.
   *
   * @param delay how long its data is kept
   * @param wait whether to return only once no data is left
   */
  Reply delete(UUID imageId, Duration delay, boolean wait);

  /** Starts bringing data in, which goes on without this process. */
  RunningWork startUpload(UploadArguments asked);

  /** The running or last upload of an image. */
  RunningWork uploadOf(UUID imageId);

  /**
   * Starts a task.
   *
   * @param id null for a new one
   */
  RunningWork startTask(@Nullable UUID id, TaskInput input);

  /** Starts another task that does again what one that failed did. */
  RunningWork retryTask(UUID failed);

  Reply showTask(UUID id);

  RunningWork task(UUID id);

  /** Compares what the stores give back of images with what is recorded; waits for it. */
  VerifiedImages verify(List<UUID> imageIds);

  /** Goes through the stores, by joining a sweep that does so or starting one; waits for it. */
  SweptStores sweep(SweepOrder order);

  @Override
  void close();
}
