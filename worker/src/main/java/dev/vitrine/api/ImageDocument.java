package dev.vitrine.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.http.Json;
import dev.vitrine.image.Image;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image as clients see it. What is not known is there as null, because clients expect the keys.
 *
 * @param stores the names of the stores that have the data, sorted; empty if none
 * @param locations what the operator lets clients see of where the data is; null to show none
 */
record ImageDocument(Image image, List<String> stores, @Nullable List<String> locations) {

  static final String SCHEMA = "/v2/schemas/image";

  byte[] bytes() {
    return Json.write(this::write);
  }

  void write(JsonGenerator out) throws IOException {
    String self = "/v2/images/" + image.id();
    out.writeStartObject();
    for (Map.Entry<String, String> property : image.properties().entrySet()) {
      out.writeStringField(property.getKey(), property.getValue());
    }
    out.writeStringField("name", image.name());
    out.writeStringField("disk_format", image.diskFormat());
    out.writeStringField("container_format", image.containerFormat());
    out.writeStringField("visibility", image.visibility().wireName());
    number(out, "size", image.size());
    number(out, "virtual_size", image.virtualSize());
    out.writeStringField("status", image.status().wireName());
    out.writeStringField("checksum", image.checksum());
    out.writeBooleanField("protected", image.isProtected());
    out.writeNumberField("min_ram", image.minRam());
    out.writeNumberField("min_disk", image.minDisk());
    out.writeStringField("owner", image.owner());
    out.writeBooleanField("os_hidden", image.osHidden());
    out.writeStringField("os_hash_algo", image.osHashAlgo());
    out.writeStringField("os_hash_value", image.osHashValue());
    out.writeStringField("id", image.id().toString());
    out.writeStringField("created_at", Timestamps.of(image.createdAt()));
    out.writeStringField("updated_at", Timestamps.of(image.updatedAt()));
    writeLocations(out);
    out.writeArrayFieldStart("tags");
    for (String tag : image.tags()) {
      out.writeString(tag);
    }
    out.writeEndArray();
    out.writeStringField("self", self);
    out.writeStringField("file", self + "/file");
    out.writeStringField("schema", SCHEMA);
    if (!stores.isEmpty()) {
      out.writeStringField("stores", String.join(",", stores));
    }
    out.writeEndObject();
  }

  private void writeLocations(JsonGenerator out) throws IOException {
    if (locations == null) {
      return;
    }
    out.writeArrayFieldStart("locations");
    for (String url : locations) {
      out.writeStartObject();
      out.writeStringField("url", url);
      out.writeObjectFieldStart("metadata");
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void number(JsonGenerator out, String name, @Nullable Long value)
      throws IOException {
    if (value == null) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, value);
    }
  }
}
