package dev.vitrine.backend;

import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.remote.RemoteImage;
import dev.vitrine.remote.RemoteTask;
import dev.vitrine.task.Progress;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.terminal.HumanSizes;
import dev.vitrine.workflow.upload.UploadResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images, tasks and uploads as they are printed, whoever told of them. */
public final class Replies {

  private Replies() {}

  static Reply of(ImageSummary image) {
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("image", image.id());
    lines.put("name", image.name());
    lines.put("status", image.status());
    lines.put("size", size(image.size()));
    lines.put("checksum", image.checksum());
    lines.put("disk format", image.diskFormat());
    lines.put("container format", image.containerFormat());
    lines.put("visibility", image.visibility());
    lines.put("owner", image.owner());
    lines.put("protected", image.isProtected() ? "yes" : null);
    return new Reply(image, lines);
  }

  /** An image of an API. */
  public static Reply of(RemoteImage image) {
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("image", image.id());
    lines.put("name", image.name());
    lines.put("status", image.status());
    lines.put("size", size(image.size()));
    lines.put("checksum", image.checksum());
    lines.put(image.hashAlgorithm() == null ? "hash" : image.hashAlgorithm(), image.hashValue());
    lines.put("disk format", image.diskFormat());
    lines.put("container format", image.containerFormat());
    lines.put("visibility", image.visibility());
    lines.put("owner", image.owner());
    lines.put("protected", image.isProtected() ? "yes" : null);
    lines.put("hidden", image.isHidden() ? "yes" : null);
    lines.put("min disk", image.minDisk() == 0 ? null : image.minDisk() + " GiB");
    lines.put("min ram", image.minRam() == 0 ? null : image.minRam() + " MiB");
    List<String> tags = image.tags();
    lines.put("tags", tags.isEmpty() ? null : String.join(", ", tags));
    lines.put("created", image.createdAt());
    lines.put("updated", image.updatedAt());
    image.properties().forEach((name, value) -> lines.put("property " + name, value));
    return new Reply(image.document(), lines);
  }

  static Reply of(TaskSummary task) {
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("task", task.id());
    lines.put("type", task.type());
    lines.put("status", task.status());
    lines.put("owner", task.owner());
    lines.put("image", task.imageId());
    Map<String, Object> result = task.result();
    if (result != null) {
      result.forEach((name, value) -> lines.put("result." + name, value));
    }
    lines.put("message", task.message());
    lines.put("progress", task.status().isFinal() ? null : progress(task.progress()));
    lines.put("expires", task.expiresAt());
    return new Reply(task, lines);
  }

  /**
   * A task of an API.
   *
   * @param progress how far it is, if that is known
   */
  static Reply of(RemoteTask task, @Nullable Progress progress) {
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("task", task.id());
    lines.put("type", task.type());
    lines.put("status", task.status());
    lines.put("owner", task.owner());
    lines.put("image", task.imageId());
    task.result().forEach((name, value) -> lines.put("result." + name, value));
    lines.put("message", task.message());
    lines.put("progress", task.isFinal() ? null : progress(progress));
    lines.put("created", task.createdAt());
    lines.put("expires", task.expiresAt());
    return new Reply(task.document(), lines);
  }

  static Reply of(UploadResult result) {
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("image", result.imageId());
    lines.put("outcome", result.outcome().wireName() + meaning(result));
    ImageData data = result.data();
    if (data != null) {
      lines.put("size", size(data.size()));
      lines.put("checksum", data.checksum());
      lines.put("sha512", data.sha512());
    }
    return new Reply(result, lines);
  }

  /** What can be done with the image now. */
  private static String meaning(UploadResult result) {
    return switch (result.outcome()) {
      case ACTIVATED, STAGED, DELETED -> "";
      case REQUEUED ->
          ": the image is queued; upload to it again with --existing --id " + result.imageId();
      case KILLED -> ": the image can only be deleted";
    };
  }

  private static @Nullable String size(@Nullable Long bytes) {
    return bytes == null ? null : "%d (%s)".formatted(bytes, HumanSizes.bytes(bytes));
  }

  private static @Nullable String progress(@Nullable Progress progress) {
    if (progress == null) {
      return null;
    }
    Integer percent = progress.percent();
    return "%s %s%s"
        .formatted(
            progress.step(),
            HumanSizes.bytes(progress.bytes()),
            percent == null ? "" : " (%d%%)".formatted(percent));
  }
}
