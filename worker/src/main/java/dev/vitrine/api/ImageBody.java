package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.Json;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.NewImage;
import java.util.Map;
import java.util.UUID;

/** The body of a creation. */
final class ImageBody {

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
    ImageMetadata.Builder image = ImageMetadata.describe(id(document), by.project());
    for (Map.Entry<String, JsonNode> entry : document.properties()) {
      String name = entry.getKey();
      ImageFields.requireCreatable(name);
      if (name.equals(ImageField.LOCATIONS.wireName())) {
        throw new Invalid("locations can't be given at the creation; add one afterwards");
      }
      boolean isSaidElsewhere =
          name.equals(ImageField.ID.wireName())
              || (name.equals(ImageField.OWNER.wireName()) && entry.getValue().isNull());
      if (!isSaidElsewhere) {
        image.set(name, Json.plain(entry.getValue()));
      }
    }
    return NewImage.of(image.build());
  }

  private static UUID id(JsonNode document) {
    String name = ImageField.ID.wireName();
    return document.has(name)
        ? UUID.fromString(
            String.valueOf(ImageField.ID.type().read(name, Json.plain(document.get(name)))))
        : UUID.randomUUID();
  }
}
