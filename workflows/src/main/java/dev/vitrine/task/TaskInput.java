package dev.vitrine.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a task works on. Field names on the wire are Glance's. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TaskInput.Import.class, name = "import"),
  @JsonSubTypes.Type(value = TaskInput.Export.class, name = "export"),
  @JsonSubTypes.Type(value = TaskInput.Clone.class, name = "clone"),
  @JsonSubTypes.Type(value = TaskInput.ImageImport.class, name = "api_image_import")
})
public sealed interface TaskInput {

  /** The type of a task with this input. */
  @JsonIgnore
  TaskType taskType();

  /**
   * Makes an image of data at a URL.
   *
   * @param importFrom an {@code http}, {@code https} or {@code file} URL; what starts a task takes
   *     its query string out
   * @param importFromFormat the disk format of the data, {@code raw} or {@code qcow2} for example
   * @param imageProperties what {@link dev.vitrine.image.ImageProperties} reads: values as in JSON,
   *     a null among them where a field may be null
   * @param query the query string of the URL, if it was taken out
   */
  @Wire
  record Import(
      String importFrom,
      String importFromFormat,
      Map<String, @Nullable Object> imageProperties,
      @Nullable HiddenQuery query)
      implements TaskInput {

    /** As people write it. */
    public Import(
        String importFrom, String importFromFormat, Map<String, @Nullable Object> imageProperties) {
      this(importFrom, importFromFormat, imageProperties, null);
    }

    @SuppressWarnings("ConstantValue")
    public Import {
      require(importFrom, "import_from", "an http, https or file URL");
      require(importFromFormat, "import_from_format", "a disk format, raw or qcow2 for example");
      imageProperties = copy(imageProperties);
    }

    @Override
    public TaskType taskType() {
      return TaskType.IMPORT;
    }

    /** The same from elsewhere. */
    public Import from(String url, @Nullable HiddenQuery itsQuery) {
      return new Import(url, importFromFormat, imageProperties, itsQuery);
    }

    /** The source as people may see it. */
    public String shownSource() {
      return HiddenQuery.shown(importFrom, query);
    }
  }

  /**
   * Writes an image's data to a destination.
   *
   * @param destination a {@code file} URL below one of the worker's export roots, or an {@code s3}
   *     URL in one of its export buckets; nothing may exist there
   */
  @Wire
  record Export(UUID imageId, String destination) implements TaskInput {

    @SuppressWarnings("ConstantValue")
    public Export {
      require(imageId == null ? null : imageId.toString(), "image_id", "the id of an image");
      require(destination, "destination", "a file or s3 URL");
    }

    @Override
    public TaskType taskType() {
      return TaskType.EXPORT;
    }
  }

  /**
   * Makes an image with another one's data and properties.
   *
   * @param imageProperties override the original's, by the same names as for an import
   */
  @Wire
  record Clone(UUID imageId, Map<String, @Nullable Object> imageProperties) implements TaskInput {

    @SuppressWarnings("ConstantValue")
    public Clone {
      require(imageId == null ? null : imageId.toString(), "image_id", "the id of an image");
      imageProperties = copy(imageProperties);
    }

    @Override
    public TaskType taskType() {
      return TaskType.CLONE;
    }
  }

  /**
   * Brings data into an image that there is.
   *
   * @param importReq as it was asked for
   * @param backend the stores that came of it
   */
  @Wire
  record ImageImport(UUID imageId, ImportRequest importReq, List<String> backend)
      implements TaskInput {

    public ImageImport {
      backend = List.copyOf(backend);
      if (backend.size() > ImportRequest.MOST_STORES) {
        throw new Invalid(
            "image %s: an import into %d stores; give %d at most"
                .formatted(imageId, backend.size(), ImportRequest.MOST_STORES));
      }
    }

    @Override
    public TaskType taskType() {
      return via().name().isLocation() ? TaskType.LOCATION_IMPORT : TaskType.API_IMAGE_IMPORT;
    }

    /** How its data comes. */
    @JsonIgnore
    public ImportVia via() {
      return importReq.method();
    }

    /** The same from elsewhere. */
    public ImageImport from(String url, @Nullable HiddenQuery itsQuery) {
      return new ImageImport(imageId, importReq.by(via().from(url, itsQuery)), backend);
    }

    /** The same for whoever has that token. */
    public ImageImport with(HiddenQuery token) {
      return new ImageImport(imageId, importReq.by(via().with(token)), backend);
    }

    /** Where the data comes from as people may see it. */
    public String shownSource() {
      ImportVia via = via();
      if (via.glanceImageId() != null) {
        return "image %s of region %s".formatted(via.glanceImageId(), via.glanceRegion());
      }
      return via.uri() == null ? via.name().wireName() : HiddenQuery.shown(via.uri(), via.query());
    }
  }

  /** The URL that it reads, whose query string is not to be kept with it; null if it reads none. */
  @JsonIgnore
  default @Nullable String url() {
    if (this instanceof Import in) {
      return in.importFrom();
    }
    return this instanceof ImageImport in ? in.via().uri() : null;
  }

  /** The query string of that URL, if it was taken out. */
  @JsonIgnore
  default @Nullable HiddenQuery hiddenQuery() {
    if (this instanceof Import in) {
      return in.query();
    }
    return this instanceof ImageImport in ? in.via().query() : null;
  }

  /** The same that reads another URL, where it reads one. */
  default TaskInput reading(String url, @Nullable HiddenQuery itsQuery) {
    if (this instanceof Import in) {
      return in.from(url, itsQuery);
    }
    return this instanceof ImageImport in ? in.from(url, itsQuery) : this;
  }

  /** What came in from outside is read where the task begins, and may be anything until then. */
  private static Map<String, @Nullable Object> copy(
      @Nullable Map<String, @Nullable Object> properties) {
    return properties == null
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  private static void require(@Nullable String value, String field, String what) {
    if (value == null || value.isBlank()) {
      throw new Invalid("task input: %s is missing; give %s".formatted(field, what));
    }
  }
}
