package dev.vitrine.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.http.Json;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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

  byte[] bytes() {
    return Json.write(this::write);
  }

  void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, String> property : image.properties().entrySet()) {
      if (ImageField.isShown(property.getKey(), property.getValue())) {
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
    String self = "/v2/images/" + image.id();
    return switch (field) {
      case ID -> image.id().toString();
      case NAME -> image.name();
      case STATUS -> image.status().wireName();
      case VISIBILITY -> image.visibility().wireName();
      case PROTECTED -> image.isProtected();
      case OS_HIDDEN -> image.osHidden();
      case CHECKSUM -> image.checksum();
      case OS_HASH_ALGO -> image.osHashAlgo();
      case OS_HASH_VALUE -> image.osHashValue();
      case OWNER -> image.owner();
      case SIZE -> image.size();
      case VIRTUAL_SIZE -> image.virtualSize();
      case CONTAINER_FORMAT -> known(field, image.containerFormat());
      case DISK_FORMAT -> known(field, image.diskFormat());
      case CREATED_AT -> Timestamps.of(image.createdAt());
      case UPDATED_AT -> Timestamps.of(image.updatedAt());
      case TAGS -> image.tags().stream().filter(ImageField.TAG::holds).toList();
      case DIRECT_URL -> ABSENT;
      case MIN_RAM -> image.minRam();
      case MIN_DISK -> image.minDisk();
      case SELF -> self;
      case FILE -> self + "/file";
      case STORES -> stores.isEmpty() ? ABSENT : String.join(",", stores);
      case SCHEMA -> SCHEMA;
      case LOCATIONS ->
          locations == null
              ? ABSENT
              : locations.stream().map(url -> Map.of("url", url, "metadata", Map.of())).toList();
      case KERNEL_ID,
          RAMDISK_ID,
          INSTANCE_UUID,
          ARCHITECTURE,
          OS_DISTRO,
          OS_VERSION,
          DESCRIPTION,
          CINDER_ENCRYPTION_KEY_ID,
          CINDER_ENCRYPTION_KEY_DELETION_POLICY ->
          ABSENT;
    };
  }

  private static @Nullable String known(ImageField field, @Nullable String value) {
    return field.type().holds(value) ? value : null;
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
