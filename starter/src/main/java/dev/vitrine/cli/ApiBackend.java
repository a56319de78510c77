package dev.vitrine.cli;

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
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server of the image API: Vitrine's own, or any other. */
final class ApiBackend implements Backend {

  private final Vitrine vitrine;
  private final RequesterOptions options;
  private final ImageApi api;

  ApiBackend(Vitrine vitrine, RequesterOptions options, ImageApi api) {
    options.requireNoClaim();
    this.vitrine = vitrine;
    this.options = options;
    this.api = api;
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

  @Override
  public ExitCode upload(UploadArguments order) {
    if (order.policy() != FailurePolicy.REQUEUE) {
      throw refusal("--policy", "an upload that fails always leaves the image queued");
    }
    if (Arguments.isUrl(order.data())) {
      return importOf(order);
    }
    if (order.noWait()) {
      throw refusal("--no-wait", "a file is sent by this command, and ends with it");
    }
    DataUpload sending = new DataUpload(vitrine, api, order.data(), order.expected());
    UUID id = order.id();
    RemoteImage image =
        order.existing() && id != null
            ? api.images().show(id)
            : create(
                order
                    .image()
                    .newImage(
                        id == null ? UUID.randomUUID() : id,
                        sending.name(),
                        null,
                        options.owner()));
    vitrine.output().print(Replies.of(sending.to(image)));
    return ExitCode.OK;
  }

  @Override
  public RunningWork uploadOf(UUID imageId) {
    return new ApiUpload(api, imageId, vitrine.repeatedApi());
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
    return new ApiTask(api, api.tasks().retry(failed).id(), vitrine.repeatedApi());
  }

  @Override
  public Reply showTask(UUID id) {
    RemoteTask task = api.tasks().show(id);
    return Replies.of(task, task.isFinal() ? null : new ApiTask(api, id, "").standing().progress());
  }

  @Override
  public RunningWork task(UUID id) {
    return new ApiTask(api, id, vitrine.repeatedApi());
  }

  @Override
  public void close() {
    // There is nothing to close.
  }

  private RemoteImage create(NewImage image) {
    return api.images().create(ApiFields.of(image, options.givenOwner()));
  }

  private ExitCode importOf(UploadArguments order) {
    if (order.existing() || order.id() != null || !order.expected().equals(ExpectedData.NONE)) {
      throw refusal(
          "of a URL, --existing, --id, --size, --checksum and --sha512",
          "it is an import task, which makes the image; leave them out");
    }
    NewImage image =
        order
            .image()
            .newImage(UUID.randomUUID(), SourceArgument.name(order.data()), null, options.owner());
    RunningWork task = started(TaskType.IMPORT.wireName(), ApiFields.ofImport(order.data(), image));
    return new WorkWatch(vitrine).started(task, order.noWait());
  }

  private RunningWork started(String type, Map<String, Object> input) {
    return new ApiTask(api, api.tasks().create(type, input).id(), vitrine.repeatedApi());
  }

  private static Invalid refusal(String option, String why) {
    return new Invalid("the image API can't take %s: %s".formatted(option, why));
  }
}
