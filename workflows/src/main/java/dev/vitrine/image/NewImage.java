package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an image at its creation. Fields and limits are Glance's.
 *
 * @param name at most 255 characters
 * @param size bytes, only if explicitly zero: the image is {@code active} at once and has no data
 * @param minDisk GiB, at least 0
 * @param minRam MiB, at least 0
 * @param owner the project that owns it; at most 255 characters
 * @param properties free properties; names starting with {@code os_glance} are reserved
 */
@Wire
public record NewImage(
    UUID id,
    @Nullable String name,
    @Nullable Long size,
    @Nullable String diskFormat,
    @Nullable String containerFormat,
    int minDisk,
    int minRam,
    Visibility visibility,
    @JsonProperty("protected") boolean isProtected,
    boolean osHidden,
    String owner,
    Map<String, String> properties,
    List<String> tags) {

  @SuppressWarnings("ConstantValue")
  public NewImage {
    visibility = visibility == null ? Visibility.SHARED : visibility;
    properties = properties == null ? Map.of() : Map.copyOf(properties);
    tags = tags == null ? List.of() : List.copyOf(tags);
    require(size == null || size == 0, id, "size", size, "only an explicit 0 may be declared");
    require(name == null || name.length() <= 255, id, "name", name, "at most 255 characters");
    require(minDisk >= 0, id, "min_disk", minDisk, "0 or more");
    require(minRam >= 0, id, "min_ram", minRam, "0 or more");
    require(!owner.isBlank() && owner.length() <= 255, id, "owner", owner, "1 to 255 characters");
    for (String key : properties.keySet()) {
      require(
          !key.isBlank() && key.length() <= 255 && !key.startsWith("os_glance"),
          id,
          "property",
          key,
          "1 to 255 characters, not starting with the reserved os_glance");
    }
    for (String tag : tags) {
      require(!tag.isBlank() && tag.length() <= 255, id, "tag", tag, "1 to 255 characters");
    }
  }

  /** An image of that id and owner with every default. */
  public static NewImage of(UUID id, String owner) {
    return new NewImage(
        id,
        null,
        null,
        null,
        null,
        0,
        0,
        Visibility.SHARED,
        false,
        false,
        owner,
        Map.of(),
        List.of());
  }

  private static void require(
      boolean holds, UUID id, String field, @Nullable Object value, String rule) {
    if (!holds) {
      throw new Invalid("image %s: %s '%s': %s".formatted(id, field, value, rule));
    }
  }
}
