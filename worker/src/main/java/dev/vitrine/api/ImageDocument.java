package dev.vitrine.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.http.Json;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImportFields;
import dev.vitrine.image.MetadataFields;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An image as clients see it. What is not known is there as null, because clients expect the keys.
 * What the published schema forbids is not shown, or clients that validate could not touch the
 * image: a property that is called like a field, or has a value from before a rule was made.
 *
 * @param stores the names of the stores that have the data, sorted; empty if none
 * @param locations what the operator lets clients see of where the data is; null to show none
 */
record ImageDocument(Image image, List<String> stores, @Nullable List<String> locations) {

  static final String SCHEMA = "/v2/schemas/image";

  /** In place of the value of a field that is left out. */
  private static final Object ABSENT = new Object();

  /** The fields that the server alone gives. */
  private static final Map<ImageField, Function<ImageDocument, @Nullable Object>> MADE =
      new EnumMap<>(
          Map.ofEntries(
              made(ImageField.ID, it -> it.image.id().toString()),
              made(ImageField.STATUS, it -> it.image.status().wireName()),
              made(ImageField.CHECKSUM, it -> it.image.checksum()),
              made(ImageField.OS_HASH_ALGO, it -> it.image.osHashAlgo()),
              made(ImageField.OS_HASH_VALUE, it -> it.image.osHashValue()),
              made(ImageField.SIZE, it -> it.image.size()),
              made(ImageField.VIRTUAL_SIZE, it -> it.image.virtualSize()),
              made(ImageField.CREATED_AT, it -> Timestamps.of(it.image.createdAt())),
              made(ImageField.UPDATED_AT, it -> Timestamps.of(it.image.updatedAt())),
              made(ImageField.SELF, ImageDocument::self),
              made(ImageField.FILE, it -> it.self() + "/file"),
              made(ImageField.SCHEMA, it -> SCHEMA),
              made(ImageField.STORES, ImageDocument::storeNames),
              made(ImageField.LOCATIONS, ImageDocument::places)));

  private static Map.Entry<ImageField, Function<ImageDocument, @Nullable Object>> made(
      ImageField field, Function<ImageDocument, @Nullable Object> value) {
    return Map.entry(field, value);
  }

  byte[] bytes() {
    return Json.write(this::write);
  }

  void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, String> property : image.properties().entrySet()) {
      if (ImageField.isShown(property.getKey(), property.getValue())
          || ImportFields.has(property.getKey())) {
        out.writeStringField(property.getKey(), property.getValue());
      }
    }
    for (ImageField field : ImageField.values()) {
      Object value = value(field);
      if (value != ABSENT) {
        out.writeFieldName(field.wireName());
        write(out, value);
      }
    }
    out.writeEndObject();
  }

  private @Nullable Object value(ImageField field) {
    if (!field.isBase()) {
      return ABSENT;
    }
    if (field == ImageField.TAGS) {
      return image.tags().stream().filter(ImageField.TAG::holds).toList();
    }
    if (MetadataFields.all().contains(field)) {
      Object value = MetadataFields.get(field, image);
      return field.type().holds(value) ? value : null;
    }
    return MADE.getOrDefault(field, document -> ABSENT).apply(this);
  }

  private String self() {
    return "/v2/images/" + image.id();
  }

  private Object storeNames() {
    return stores.isEmpty() ? ABSENT : String.join(",", stores);
  }

  private Object places() {
    return locations == null
        ? ABSENT
        : locations.stream().map(url -> Map.of("url", url, "metadata", Map.of())).toList();
  }

  /** The plain ones by themselves, which is what most of a list consists of. */
  private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Long number) {
      out.writeNumber(number);
    } else {
      out.writeObject(value);
    }
  }
}
