package dev.vitrine.transfer;

import dev.vitrine.activity.AtOnceActivities;
import dev.vitrine.activity.AtOnceOutcome;
import dev.vitrine.activity.AtOnceRemoval;
import dev.vitrine.activity.AtOnceUpload;
import dev.vitrine.activity.ImageActivities;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.registry.Registry;
import dev.vitrine.source.OpenSource;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small data, moved within a workflow task by the same code as any other. Safe for use by many
 * threads.
 */
public final class AtOnceActivitiesImpl implements AtOnceActivities {

  private static final Logger log = LoggerFactory.getLogger(AtOnceActivitiesImpl.class);

  /** How many sources are read so at once: they may be slow, and steps in the registry wait. */
  public static final int CONCURRENT_SOURCES = 4;

  /** The workflow waits for five seconds, and whoever goes on finds a source that is let go. */
  private static final Duration SOURCE_PATIENCE = Duration.ofSeconds(2);

  private final Registry registry;
  private final ImageActivities images;
  private final @Nullable TransferActivitiesImpl transfers;
  private final SmallSources sources;
  private final Semaphore reading = new Semaphore(CONCURRENT_SOURCES);

  private AtOnceActivitiesImpl(
      Registry registry,
      ImageActivities images,
      @Nullable TransferActivitiesImpl transfers,
      SmallSources sources) {
    this.registry = registry;
    this.images = images;
    this.transfers = transfers;
    this.sources = sources;
  }

  /** In a process that has no stores: everything is left to others. */
  public static AtOnceActivitiesImpl withoutStores(Registry registry, ImageActivities images) {
    return new AtOnceActivitiesImpl(registry, images, null, new SmallSources(0, SOURCE_PATIENCE));
  }

  /**
   * In a process that has the stores.
   *
   * @param images the steps that begin and complete an upload
   * @param sourcesUpTo bytes that a source may have which others can read, too; 0 where this
   *     process reads none
   */
  public static AtOnceActivitiesImpl of(
      Registry registry,
      ImageActivities images,
      TransferActivitiesImpl transfers,
      long sourcesUpTo) {
    return new AtOnceActivitiesImpl(
        registry, images, transfers, new SmallSources(sourcesUpTo, SOURCE_PATIENCE));
  }

  @Override
  public AtOnceOutcome uploadAtOnce(AtOnceUpload upload) {
    TransferActivitiesImpl here = transfers;
    AtOnceOutcome outcome = here == null ? AtOnceOutcome.NOT_BEGUN : upload(upload, here);
    if (here != null) {
      here.tell(upload.source(), outcome.active() != null);
    }
    return outcome.equals(AtOnceOutcome.NOT_BEGUN) ? asItIs(upload) : outcome;
  }

  private AtOnceOutcome upload(AtOnceUpload upload, TransferActivitiesImpl here) {
    if (upload.source() instanceof Source.HeldStream stream) {
      return here.holds(stream) ? upload(upload, here, null) : AtOnceOutcome.NOT_BEGUN;
    }
    if (!reading.tryAcquire()) {
      return AtOnceOutcome.NOT_BEGUN;
    }
    try {
      return fromSource(upload, here);
    } finally {
      reading.release();
    }
  }

  private AtOnceOutcome fromSource(AtOnceUpload upload, TransferActivitiesImpl here) {
    if (upload.source() instanceof Source.Url url) {
      OpenSource opened = sources.open(waiting -> here.open(url, waiting));
      if (opened == null) {
        return AtOnceOutcome.NOT_BEGUN;
      }
      if (!sources.isSmall(opened.size())) {
        here.keep(upload.imageId(), opened);
        return AtOnceOutcome.NOT_BEGUN;
      }
      try {
        return upload(upload, here, opened);
      } finally {
        close(opened);
      }
    }
    return upload.source() instanceof Source.OfImage image
            && sources.isSmall(here.sizeHere(image, upload.by()))
        ? upload(upload, here, null)
        : AtOnceOutcome.NOT_BEGUN;
  }

  private AtOnceOutcome upload(
      AtOnceUpload upload, TransferActivitiesImpl here, @Nullable OpenSource opened) {
    Location location;
    try {
      location =
          images.beginUpload(
              upload.begin(),
              upload.imageId(),
              upload.policy(),
              upload.by(),
              upload.expected().size(),
              upload.store());
    } catch (ApplicationFailure refused) {
      here.tell(upload.source(), false);
      AtOnceOutcome before = asItIs(upload);
      if (before.active() != null) {
        return before;
      }
      throw refused;
    }
    try {
      AtomicReference<Image> active = new AtomicReference<>();
      AtomicReference<@Nullable String> within = new AtomicReference<>();
      ImageData data =
          here.transfer(
              new TransferRequest(
                  upload.imageId(),
                  upload.source(),
                  location,
                  upload.expected(),
                  upload.by(),
                  null),
              ActivityAttempt.atOnce(opened == null ? null : SOURCE_PATIENCE),
              opened,
              (target, written) -> {
                target.record(
                    written,
                    measured ->
                        active.set(
                            registry
                                .uploads()
                                .completeMeasured(
                                    upload.complete(), upload.imageId(), location.id(), measured)));
                within.set(target.copiedWithin());
              });
      Image image = active.get();
      // Another attempt may have begun this transfer, and has noted for itself what came out.
      return AtOnceOutcome.done(
              image == null
                  ? images.completeUpload(upload.complete(), upload.imageId(), location.id(), data)
                  : ImageSummary.of(image))
          .copiedWithin(within.get());
    } catch (ApplicationFailure | ActivityCompletionException e) {
      // The regular way finds the same, and knows how to tell of it and what may be tried again.
      String why = e.getMessage() == null ? "it takes too long" : e.getMessage();
      log.info("Image {} is not uploaded at once: {}", upload.imageId(), why);
      return AtOnceOutcome.begun(location);
    }
  }

  /** It may be over: the workflow task is run again whose outcome nobody heard of. */
  private AtOnceOutcome asItIs(AtOnceUpload upload) {
    return registry
        .lookup()
        .find(upload.imageId())
        .filter(image -> image.status() == ImageStatus.ACTIVE)
        .filter(
            image ->
                upload.begin().workflowId().equals(registry.uploads().of(image.id()).workflowId()))
        .map(image -> AtOnceOutcome.done(ImageSummary.of(image)))
        .orElse(AtOnceOutcome.NOT_BEGUN);
  }

  @Override
  public AtOnceRemoval removeAtOnce(UUID imageId) {
    Optional<Image> image =
        registry.lookup().find(imageId).filter(found -> found.status() == ImageStatus.DELETED);
    if (image.isEmpty()) {
      return new AtOnceRemoval(null, 0, 0);
    }
    List<Location> locations = registry.locations().of(imageId);
    int removed = 0;
    for (Location location : locations) {
      if (transfers != null && isRemoved(transfers, location)) {
        removed++;
      }
    }
    return new AtOnceRemoval(ImageSummary.of(image.get()), removed, locations.size() - removed);
  }

  private static boolean isRemoved(TransferActivitiesImpl here, Location location) {
    try {
      here.remove(location);
      return true;
    } catch (VitrineException e) {
      log.info("Location {} is not removed at once: {}", location.id(), e.getMessage());
      return false;
    }
  }

  private static void close(OpenSource opened) {
    try {
      opened.stream().close();
    } catch (IOException e) {
      // What was needed of it has been read.
    }
  }
}
