package dev.vitrine.backend;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.process.ExecutionState;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImage;
import dev.vitrine.remote.RemoteProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * An upload that somebody else's connection does, as the image's status shows it.
 *
 * @param repeated what another command takes to ask the same server
 */
record ApiUpload(ImageApi api, UUID id, String repeated) implements RunningWork {

  /** The statuses of an image whose data is on its way; the last two are Glance's. */
  private static final Set<String> UNDER_WAY = Set.of("saving", "uploading", "importing");

  private static final Set<String> WITH_DATA = Set.of("active", "deactivated");

  @Override
  public String what() {
    return "upload of image " + id;
  }

  @Override
  public Reply started() {
    return Reply.of("image_id", id, "server", api.endpoint());
  }

  @Override
  public String leave() {
    return """
    The upload of image %1$s goes on without you.
      watch it:   vitrine image watch-upload %1$s%2$s\
    """
        .formatted(id, repeated);
  }

  @Override
  public boolean hasEnded() {
    return !UNDER_WAY.contains(api.images().show(id).status());
  }

  @Override
  public Optional<Ending> await(Duration timeout) {
    RemoteImage image = api.images().show(id);
    if (!UNDER_WAY.contains(image.status())) {
      return Optional.of(ending(image));
    }
    LockSupport.parkNanos(timeout.toNanos());
    return Optional.empty();
  }

  /** Of a server that does not have progress, only that it has not ended. */
  @Override
  public ExecutionState state() {
    try {
      RemoteProgress progress = api.images().progress(id);
      return new ExecutionState(false, progress.progress(), progress.message(), null);
    } catch (NotFound e) {
      return new ExecutionState(false, null, null, null);
    }
  }

  @Override
  public void cancel() {
    throw new Invalid(
        "the image API can't cancel an upload: end the command that sends the data, or delete image"
            + " "
            + id);
  }

  private static Ending ending(RemoteImage image) {
    return new Ending(
        image.status(),
        Replies.of(image),
        WITH_DATA.contains(image.status())
            ? null
            : new Failure(
                "NotActivated",
                "image %s is %s: no upload of it runs, and it has no data"
                    .formatted(image.id(), image.status())));
  }
}
