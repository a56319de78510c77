package dev.vitrine.task;

import static java.util.Objects.requireNonNull;

import dev.vitrine.json.Wire;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a task works on, without the metadata that its input brings along. The fields are those of
 * {@link TaskInput}, whose JSON is read as well.
 *
 * @param importFrom of an import: its source without the query string, which may hold a secret
 * @param importFromFormat of an import
 * @param imageId of an export or a clone: the image it reads; of an import into an image: that one
 * @param destination of an export
 * @param query of an import: where its source's query string is kept; null if it has none
 * @param importReq of an import into an image: as it was asked for
 * @param backend of an import into an image: its stores
 */
@Wire
public record TaskSubject(
    TaskType type,
    @Nullable String importFrom,
    @Nullable String importFromFormat,
    @Nullable UUID imageId,
    @Nullable String destination,
    @Nullable HiddenQuery query,
    @Nullable ImportRequest importReq,
    @Nullable List<String> backend) {

  /** Of any other type than an import into an image. */
  public TaskSubject(
      TaskType type,
      @Nullable String importFrom,
      @Nullable String importFromFormat,
      @Nullable UUID imageId,
      @Nullable String destination,
      @Nullable HiddenQuery query) {
    this(type, importFrom, importFromFormat, imageId, destination, query, null, null);
  }

  /** Of a whole input. */
  public static TaskSubject of(TaskInput input) {
    if (input instanceof TaskInput.Import in) {
      return new TaskSubject(
          TaskType.IMPORT,
          HiddenQuery.without(in.importFrom()),
          in.importFromFormat(),
          null,
          null,
          in.query());
    }
    if (input instanceof TaskInput.Export out) {
      return new TaskSubject(TaskType.EXPORT, null, null, out.imageId(), out.destination(), null);
    }
    if (input instanceof TaskInput.ImageImport in) {
      return new TaskSubject(
          in.taskType(), null, null, in.imageId(), null, null, in.importReq(), in.backend());
    }
    TaskInput.Clone clone = (TaskInput.Clone) input;
    return new TaskSubject(TaskType.CLONE, null, null, clone.imageId(), null, null);
  }

  /**
   * As far as it is known here, as the input of a task that repeats this one: the registry has the
   * rest of it.
   */
  public TaskInput input() {
    return switch (type) {
      case IMPORT ->
          new TaskInput.Import(
              requireNonNull(importFrom), requireNonNull(importFromFormat), Map.of(), query);
      case EXPORT -> new TaskInput.Export(requireNonNull(imageId), requireNonNull(destination));
      case CLONE -> new TaskInput.Clone(requireNonNull(imageId), Map.of());
      case API_IMAGE_IMPORT, LOCATION_IMPORT ->
          new TaskInput.ImageImport(
              requireNonNull(imageId), requireNonNull(importReq), requireNonNull(backend));
    };
  }
}
