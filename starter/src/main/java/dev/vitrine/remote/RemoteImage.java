package dev.vitrine.remote;

import dev.vitrine.image.ImageField;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An image as a server described it. A status or visibility is a text here: another server than
 * Vitrine has more of them ({@code importing} for example).
 *
 * @param document all that the server said, in its order
 */
public record RemoteImage(Map<String, @Nullable Object> document) {

  /**
   * @throws dev.vitrine.error.VitrineException.Unavailable if it has no id and status, and so is no
   *     image
   */
  public RemoteImage {
    document = JsonMaps.copy(document);
    JsonFields.id(document);
    JsonFields.required(document, "status");
  }

  public UUID id() {
    return JsonFields.id(document);
  }

  public @Nullable String name() {
    return JsonFields.text(document, "name");
  }

  /** For example {@code active}. */
  public String status() {
    return JsonFields.required(document, "status");
  }

  /** Bytes; null until the data is known. */
  public @Nullable Long size() {
    return JsonFields.number(document, "size");
  }

  /** MD5 in hexadecimal; null until the data is known, or if the server computes none. */
  public @Nullable String checksum() {
    return JsonFields.text(document, "checksum");
  }

  /** The algorithm of {@link #hashValue}, as Glance names it: {@code sha512} for example. */
  public @Nullable String hashAlgorithm() {
    return JsonFields.text(document, "os_hash_algo");
  }

  /** The stronger digest in hexadecimal; null until the data is known, or if there is none. */
  public @Nullable String hashValue() {
    return JsonFields.text(document, "os_hash_value");
  }

  public @Nullable String diskFormat() {
    return JsonFields.text(document, "disk_format");
  }

  public @Nullable String containerFormat() {
    return JsonFields.text(document, "container_format");
  }

  /** GiB. */
  public long minDisk() {
    Long value = JsonFields.number(document, "min_disk");
    return value == null ? 0 : value;
  }

  /** MiB. */
  public long minRam() {
    Long value = JsonFields.number(document, "min_ram");
    return value == null ? 0 : value;
  }

  public @Nullable String visibility() {
    return JsonFields.text(document, "visibility");
  }

  public @Nullable String owner() {
    return JsonFields.text(document, "owner");
  }

  public boolean isProtected() {
    return JsonFields.flag(document, "protected");
  }

  public boolean isHidden() {
    return JsonFields.flag(document, "os_hidden");
  }

  public @Nullable Instant createdAt() {
    return JsonFields.time(document, "created_at");
  }

  public @Nullable Instant updatedAt() {
    return JsonFields.time(document, "updated_at");
  }

  public List<String> tags() {
    return JsonFields.texts(document, "tags");
  }

  /** The free properties, in the server's order. */
  public Map<String, @Nullable Object> properties() {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>(document);
    properties.keySet().removeIf(name -> ImageField.findBase(name).isPresent());
    return properties;
  }
}
