package dev.vitrine.backend;

import dev.vitrine.activity.SweepOrder;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImage;
import dev.vitrine.remote.RemoteTask;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server of the image API: Vitrine's own, or any other. */
public final class ApiBackend implements Backend {

  private final RequesterClaim claim;
  private final ImageApi api;
  private final String repeated;

  /**
   * @param repeated what another command takes to ask the same server
   * @throws Invalid if it is claimed that somebody else asks than the API knows
   */
  public ApiBackend(RequesterClaim claim, ImageApi api, String repeated) {
    claim.requireNone();
    this.claim = claim;
    this.api = api;
    this.repeated = repeated;
  }

  @Override
  public Reply register(NewImage image) {
    if (image.size() != null) {
      throw refusal("--size", "create the image, and upload an empty file to it");
    }
    return Replies.of(create(image));
  }

  @Override
  public Reply addLocation(UUID imageId, String url) {
    api.images().addLocation(imageId, url);
    return Replies.of(api.images().show(imageId));
  }

  @Override
  public Reply deactivate(UUID imageId) {
    api.images().deactivate(imageId);
    return Replies.of(api.images().show(imageId));
  }

  @Override
  public Reply reactivate(UUID imageId) {
    api.images().reactivate(imageId);
    return Replies.of(api.images().show(imageId));
  }

  @Override
  public Reply delete(UUID imageId, Duration delay, boolean wait) {
    if (!delay.isZero()) {
      throw refusal("--delay", "how long data is kept is its operator's choice");
    }
    if (wait) {
      throw refusal("--wait", "it shows a deleted image to nobody");
    }
    api.images().delete(imageId);
    Map<String, @Nullable Object> image = new LinkedHashMap<>();
    image.put("id", imageId);
    image.put("status", ImageStatus.DELETED);
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("image", imageId);
    lines.put("status", ImageStatus.DELETED);
    return new Reply(Map.of("image", image), lines);
  }

  /** Of a URL, which is an import task of the server's; a file's sender asks {@link #imageFor}. */
  @Override
  public RunningWork startUpload(UploadArguments asked) {
    requireUsualPolicy(asked);
    if (asked.existing() || asked.id() != null || !asked.expected().equals(ExpectedData.NONE)) {
      throw refusal(
          "of a URL, --existing, --id, --size, --checksum and --sha512",
          "it is an import task, which makes the image; leave them out");
    }
    NewImage image = asked.image().newImage(UUID.randomUUID(), SourceArgument.name(asked.data()));
    return started(TaskType.IMPORT.wireName(), ApiFields.ofImport(asked.data(), image));
  }

  /**
   * The image that data sent by this process belongs to: made, unless it is registered already.
   *
   * @param defaultName its name if none was given
   */
  public RemoteImage imageFor(UploadArguments asked, @Nullable String defaultName) {
    UUID id = asked.id();
    return asked.existing() && id != null
        ? api.images().show(id)
        : create(asked.image().newImage(id == null ? UUID.randomUUID() : id, defaultName));
  }

  /**
   * Refuses what Temporal alone can do of a file that is sent.
   *
   * @param noWait whether the command was asked to end at once
   */
  public void requireSendable(UploadArguments asked, boolean noWait) {
    requireUsualPolicy(asked);
    if (noWait) {
      throw refusal("--no-wait", "a file is sent by this command, and ends with it");
    }
  }

  /** The server's client. */
  public ImageApi api() {
    return api;
  }

  @Override
  public RunningWork uploadOf(UUID imageId) {
    return new ApiUpload(api, imageId, repeated);
  }

  @Override
  public RunningWork startTask(@Nullable UUID id, TaskInput input) {
    if (id != null) {
      throw refusal("--id", "it chooses the ids of tasks itself");
    }
    return started(input.taskType().wireName(), ApiFields.of(input));
  }

  @Override
  public RunningWork retryTask(UUID failed) {
    return new ApiTask(api, api.tasks().retry(failed).id(), repeated);
  }

  @Override
  public Reply showTask(UUID id) {
    RemoteTask task = api.tasks().show(id);
    return Replies.of(task, task.isFinal() ? null : new ApiTask(api, id, "").state().progress());
  }

  @Override
  public RunningWork task(UUID id) {
    return new ApiTask(api, id, repeated);
  }

  @Override
  public VerifiedImages verify(List<UUID> imageIds) {
    throw forTemporal();
  }

  @Override
  public SweptStores sweep(SweepOrder order) {
    throw forTemporal();
  }

  private static Invalid forTemporal() {
    return new Invalid(
        "no image API verifies data: name Temporal by TEMPORAL_ADDRESS, and leave out --api and"
            + " VITRINE_API");
  }

  @Override
  public void close() {
    // There is nothing to close.
  }

  private RemoteImage create(NewImage image) {
    return api.images().create(ApiFields.of(image, claim.owner()));
  }

  private static void requireUsualPolicy(UploadArguments asked) {
    if (asked.policy() != FailurePolicy.REQUEUE) {
      throw refusal("--policy", "an upload that fails always leaves the image queued");
    }
  }

  private RunningWork started(String type, Map<String, Object> input) {
    return new ApiTask(api, api.tasks().create(type, input).id(), repeated);
  }

  private static Invalid refusal(String option, String why) {
    return new Invalid("the image API can't take %s: %s".formatted(option, why));
  }
}
