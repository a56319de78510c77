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
    document = Json.copy(document);
    Fields.id(document);
    Fields.required(document, "status");
  }

  public UUID id() {
    return Fields.id(document);
  }

  public @Nullable String name() {
    return Fields.text(document, "name");
  }

  /** For example {@code active}. */
  public String status() {
    return Fields.required(document, "status");
  }

  /** Bytes; null until the data is known. */
  public @Nullable Long size() {
    return Fields.number(document, "size");
  }

  /** MD5 in hexadecimal; null until the data is known, or if the server computes none. */
  public @Nullable String checksum() {
    return Fields.text(document, "checksum");
  }

  /** The algorithm of {@link #hashValue}, as Glance names it: {@code sha512} for example. */
  public @Nullable String hashAlgorithm() {
    return Fields.text(document, "os_hash_algo");
  }

  /** The stronger digest in hexadecimal; null until the data is known, or if there is none. */
  public @Nullable String hashValue() {
    return Fields.text(document, "os_hash_value");
  }

  public @Nullable String diskFormat() {
    return Fields.text(document, "disk_format");
  }

  public @Nullable String containerFormat() {
    return Fields.text(document, "container_format");
  }

  /** GiB. */
  public long minDisk() {
    Long value = Fields.number(document, "min_disk");
    return value == null ? 0 : value;
  }

  /** MiB. */
  public long minRam() {
    Long value = Fields.number(document, "min_ram");
    return value == null ? 0 : value;
  }

  public @Nullable String visibility() {
    return Fields.text(document, "visibility");
  }

  public @Nullable String owner() {
    return Fields.text(document, "owner");
  }

  public boolean isProtected() {
    return Fields.flag(document, "protected");
  }

  public boolean isHidden() {
    return Fields.flag(document, "os_hidden");
  }

  public @Nullable Instant createdAt() {
    return Fields.time(document, "created_at");
  }

  public @Nullable Instant updatedAt() {
    return Fields.time(document, "updated_at");
  }

  public List<String> tags() {
    return Fields.texts(document, "tags");
  }

  /** The free properties, in the server's order. */
  public Map<String, @Nullable Object> properties() {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>(document);
    properties.keySet().removeIf(name -> ImageField.findBase(name).isPresent());
    return properties;
  }
}
