package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of an image's fields, out of JSON. A wrong one is refused with its field and itself. */
final class ImageValues {

  private ImageValues() {}

  static @Nullable String textOrNull(String field, JsonNode value) {
    return value.isNull() ? null : text(field, value);
  }

  static String text(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw wrong(field, value, "a text");
    }
    return value.textValue();
  }

  static @Nullable String oneOfOrNull(String field, JsonNode value, List<String> accepted) {
    String text = textOrNull(field, value);
    if (text != null && !accepted.contains(text)) {
      throw wrong(field, value, "one of " + String.join(", ", accepted));
    }
    return text;
  }

  static int number(String field, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw wrong(field, value, "a whole number from 0 to " + Integer.MAX_VALUE);
    }
    return value.intValue();
  }

  static boolean flag(String field, JsonNode value) {
    if (!value.isBoolean()) {
      throw wrong(field, value, "true or false");
    }
    return value.booleanValue();
  }

  static Visibility visibility(JsonNode value) {
    String text = text("visibility", value);
    for (Visibility visibility : Visibility.values()) {
      if (visibility.wireName().equals(text)) {
        return visibility;
      }
    }
    throw wrong("visibility", value, "community, public, private or shared");
  }

  /** Each once, in the order given. */
  static List<String> tags(JsonNode value) {
    if (!value.isArray()) {
      throw wrong("tags", value, "an array of texts");
    }
    Set<String> tags = new LinkedHashSet<>();
    for (JsonNode tag : value) {
      tags.add(text("tags", tag));
    }
    return new ArrayList<>(tags);
  }

  static Invalid wrong(String field, JsonNode value, String accepted) {
    String shown = value.toString();
    return new Invalid(
        "%s %s: give %s"
            .formatted(
                field, shown.length() > 100 ? shown.substring(0, 100) + "…" : shown, accepted));
  }
}
