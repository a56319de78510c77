package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.Json;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of a creation. */
final class ImageBody {

  private final Map<String, String> properties = new LinkedHashMap<>();
  private @Nullable UUID id;
  private @Nullable String name;
  private @Nullable String diskFormat;
  private @Nullable String containerFormat;
  private int minDisk;
  private int minRam;
  private @Nullable Visibility visibility;
  private boolean isProtected;
  private boolean osHidden;
  private @Nullable String owner;
  private List<String> tags = List.of();

  private ImageBody() {}

  /**
   * The image that a body describes; its id is new and its owner the requester's project where the
   * body says neither.
   *
   * @throws Invalid if it is no JSON object, or a field has a wrong value
   * @throws dev.vitrine.error.VitrineException.Forbidden if a field is not the client's to give
   */
  static NewImage read(byte[] bytes, Requester by) {
    JsonNode document = Json.read(bytes);
    if (!document.isObject()) {
      throw new Invalid("the body is %s; give a JSON object".formatted(document.getNodeType()));
    }
    ImageBody body = new ImageBody();
    for (Map.Entry<String, JsonNode> field : document.properties()) {
      ImageFields.requireWritable(field.getKey());
      body.take(field.getKey(), field.getValue());
    }
    return body.image(by);
  }

  private void take(String field, JsonNode value) {
    switch (field) {
      case "id" -> id = Ids.given("id", ImageValues.text("id", value));
      case "name" -> name = ImageValues.textOrNull(field, value);
      case "disk_format" -> diskFormat = ImageValues.oneOfOrNull(field, value, Formats.DISK);
      case "container_format" ->
          containerFormat = ImageValues.oneOfOrNull(field, value, Formats.CONTAINER);
      case "min_disk" -> minDisk = ImageValues.number(field, value);
      case "min_ram" -> minRam = ImageValues.number(field, value);
      case "visibility" -> visibility = ImageValues.visibility(value);
      case "protected" -> isProtected = ImageValues.flag(field, value);
      case "os_hidden" -> osHidden = ImageValues.flag(field, value);
      case "owner" -> owner = ImageValues.textOrNull(field, value);
      case "tags" -> tags = ImageValues.tags(value);
      case "locations" ->
          throw new Invalid("locations can't be given at the creation; add one afterwards");
      default -> properties.put(field, ImageValues.text(field, value));
    }
  }

  private NewImage image(Requester by) {
    return new NewImage(
        id == null ? UUID.randomUUID() : id,
        name,
        null,
        diskFormat,
        containerFormat,
        minDisk,
        minRam,
        visibility == null ? Visibility.SHARED : visibility,
        isProtected,
        osHidden,
        owner == null ? by.project() : owner,
        properties,
        tags);
  }
}
