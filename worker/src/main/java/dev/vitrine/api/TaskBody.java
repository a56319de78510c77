package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.Json;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageProperties;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of a task's creation: {@code {"type": "import", "input": {…}}}. */
final class TaskBody {

  private TaskBody() {}

  /**
   * What the task is to work on.
   *
   * @throws Invalid naming the field, its value and what is accepted
   */
  static TaskInput read(byte[] body) {
    JsonNode document = Json.read(body);
    TaskType type = type(document.path("type"));
    JsonNode input = document.path("input");
    if (!input.isObject()) {
      throw new Invalid("the task has no object as 'input': give what it is to work on");
    }
    return switch (type) {
      case IMPORT -> {
        requireFields(input, List.of("import_from", "import_from_format", "image_properties"));
        yield new TaskInput.Import(
            source(text(input, "import_from")),
            format(input),
            properties(input.path("image_properties")));
      }
      case EXPORT -> {
        requireFields(input, List.of("image_id", "destination"));
        yield new TaskInput.Export(
            Ids.given("image_id", text(input, "image_id")), text(input, "destination"));
      }
      case CLONE -> {
        requireFields(input, List.of("image_id", "image_properties"));
        yield new TaskInput.Clone(
            Ids.given("image_id", text(input, "image_id")),
            properties(input.path("image_properties")));
      }
      case API_IMAGE_IMPORT ->
          throw new Invalid(
              "task type '%s': POST /v2/images/{id}/import makes those".formatted(type));
      case LOCATION_IMPORT ->
          throw new Invalid(
              "task type '%s': POST /v2/images/{id}/locations makes those".formatted(type));
    };
  }

  static TaskType type(String name) {
    return Arrays.stream(TaskType.values())
        .filter(type -> type.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    "task type '%s': give one of %s"
                        .formatted(
                            name,
                            Arrays.stream(TaskType.values())
                                .map(TaskType::wireName)
                                .collect(Collectors.joining(", ")))));
  }

  private static TaskType type(JsonNode type) {
    if (!type.isTextual()) {
      throw new Invalid("the task has no text as 'type': give import, export or clone");
    }
    return type(type.textValue());
  }

  /** Files are the workers' and not the clients'. Source: the reference refuses them, too. */
  private static String source(String url) {
    if (url.toLowerCase(Locale.ROOT).startsWith("file:")) {
      throw new Invalid(
          "import_from '%s': give an http or https URL".formatted(HiddenQuery.shown(url, null)));
    }
    return url;
  }

  /** It becomes the image's disk format. */
  private static String format(JsonNode input) {
    String field = "import_from_format";
    return String.valueOf(ImageField.DISK_FORMAT.type().read(field, text(input, field)));
  }

  private static void requireFields(JsonNode input, List<String> known) {
    for (Map.Entry<String, JsonNode> field : input.properties()) {
      if (!known.contains(field.getKey())) {
        throw new Invalid(
            "task input '%s' is unknown: give %s"
                .formatted(field.getKey(), String.join(", ", known)));
      }
    }
  }

  private static String text(JsonNode input, String field) {
    if (!input.path(field).isTextual()) {
      throw new Invalid("the task's input has no text as '%s'".formatted(field));
    }
    return input.get(field).textValue();
  }

  /** Read once here, so that what is wrong is told at once and not by a task that fails. */
  private static Map<String, @Nullable Object> properties(JsonNode given) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
      throw new Invalid("image_properties %s: give an object".formatted(Excerpt.value(given)));
    }
    given
        .properties()
        .forEach(field -> properties.put(field.getKey(), Json.plain(field.getValue())));
    ImageProperties.requireValid(properties);
    return properties;
  }
}
