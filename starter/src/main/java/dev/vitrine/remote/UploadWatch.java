package dev.vitrine.remote;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.thread.DaemonThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an image while its data is sent, and interrupts the sender once the data is not wanted
 * any more: the JDK's client reads no answer before it has sent everything.
 */
final class UploadWatch implements AutoCloseable {

  private final RemoteImages images;
  private final UUID id;
  private final Thread sender = Thread.currentThread();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("vitrine-upload-watch"));
  private boolean seenUnderWay;
  private boolean closed;
  private @Nullable VitrineException reason;

  /** Begins; the calling thread is the sender. */
  UploadWatch(RemoteImages images, UUID id, Duration period) {
    this.images = images;
    this.id = id;
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why the sender was interrupted; empty if it was not. */
  synchronized Optional<VitrineException> reason() {
    return Optional.ofNullable(reason);
  }

  private void look() {
    try {
      String status = images.show(id).status();
      if (status.equals("saving")) {
        seenUnderWay = true;
      } else if (seenUnderWay && !status.equals("active")) {
        stop(
            new Conflict(
                "upload of image %s: the server ended it; the image is %s now%s"
                    .formatted(id, status, cause())));
      }
    } catch (NotFound e) {
      stop(new NotFound("upload of image %s: the image was deleted meanwhile".formatted(id)));
    } catch (RuntimeException e) {
      // How the upload itself fares tells more.
    }
  }

  private String cause() {
    try {
      var history = images.history(id);
      return history.isEmpty() ? "" : ": " + history.get(history.size() - 1).cause();
    } catch (VitrineException e) {
      return "";
    }
  }

  private synchronized void stop(VitrineException because) {
    if (!closed && reason == null) {
      reason = because;
      sender.interrupt();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      closed = true;
      if (reason != null) {
        // The interrupt was ours, and has done what it was for.
        boolean unused = Thread.interrupted();
      }
    }
  }
}
