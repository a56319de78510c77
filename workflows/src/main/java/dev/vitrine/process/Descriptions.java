package dev.vitrine.process;

import dev.vitrine.error.Excerpt;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.task.TaskInput;
import dev.vitrine.text.Markdown;
import dev.vitrine.text.Printable;
import dev.vitrine.workflow.ImageCaption;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the Web UI shows of a start: a summary of one line and details as a Markdown list. Query
 * strings of URLs, which may hold secrets, appear in neither.
 */
final class Descriptions {

  /**
   * A Temporal server refuses a summary of more than 400 bytes; its JSON adds quotes and escapes.
   */
  private static final int SUMMARY_BYTES = 300;

  /** Keeps the details, a handful of values, far below the server's 20,000 bytes. */
  private static final int VALUE_BYTES = 1_000;

  private Descriptions() {}

  static String summary(UploadRequest request, ImageCaption image) {
    return line(
        "upload of %s from %s"
            .formatted(
                image.line(request.imageId()), ImageCaption.place(request.source().display())));
  }

  static String details(UploadRequest request, ImageCaption image) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("image", request.imageId());
    if (image.name() != null) {
      values.put("name", image.name());
    }
    if (image.format() != null) {
      values.put("format", image.format());
    }
    if (image.owner() != null) {
      values.put("owner", image.owner());
    }
    values.put("source", request.source().display());
    values.put("if it fails", request.policy());
    values.put("declared size", size(request.expected()));
    values.put("requested by", request.by().display());
    return markdown(values);
  }

  static String summary(TaskRequest request) {
    TaskInput input = request.input();
    return line(
        input instanceof TaskInput.Import in
            ? "import of %s from %s"
                .formatted(
                    ImageCaption.of(request.input(), request.by().project()).line(),
                    ImageCaption.place(in.shownSource()))
            : input instanceof TaskInput.Export out
                ? "export of %s to %s"
                    .formatted(
                        out.imageId(),
                        ImageCaption.place(HiddenQuery.shown(out.destination(), null)))
                : input instanceof TaskInput.ImageImport into
                    ? "import into image %s from %s"
                        .formatted(into.imageId(), ImageCaption.place(into.shownSource()))
                    : "clone of " + StartOptions.imageId(input).orElseThrow());
  }

  static String details(TaskRequest request) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("task", request.taskId());
    values.put("type", request.input().taskType());
    StartOptions.imageId(request.input()).ifPresent(id -> values.put("image", id));
    if (request.input() instanceof TaskInput.Import in) {
      values.put("source", in.shownSource());
    } else if (request.input() instanceof TaskInput.ImageImport into) {
      values.put("source", into.shownSource());
      values.put("stores", String.join(", ", into.backend()));
    } else if (request.input() instanceof TaskInput.Export out) {
      values.put("destination", HiddenQuery.shown(out.destination(), null));
    }
    values.put("owner", request.by().project());
    values.put("requested by", request.by().display());
    return markdown(values);
  }

  static String summary(DeletionRequest request) {
    return line("deletion of image " + request.imageId());
  }

  static String details(DeletionRequest request) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("image", request.imageId());
    values.put(
        "scrub time", request.delay().isZero() ? "none: data is removed at once" : request.delay());
    values.put("requested by", request.by().display());
    return markdown(values);
  }

  static String summary(ImageAction action) {
    return line("%s image %s".formatted(action.verb(), action.imageId()));
  }

  static String details(ImageAction action) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("image", action.imageId());
    values.put("action", action.verb());
    if (action instanceof ImageAction.AddLocation location) {
      values.put("location", HiddenQuery.shown(location.url(), null));
    }
    values.put("requested by", action.by().display());
    return markdown(values);
  }

  private static String size(ExpectedData expected) {
    return expected.size() == null ? "not declared" : expected.size() + " bytes";
  }

  private static String markdown(Map<String, Object> values) {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (name, value) ->
            lines.add(
                "- " + name + ": " + Markdown.code(Excerpt.of(value.toString(), VALUE_BYTES))));
    return String.join("\n", lines);
  }

  private static String line(String text) {
    return Excerpt.of(Printable.escape(text), SUMMARY_BYTES);
  }
}
