package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonProperty;
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
    MetadataRules rules = new MetadataRules(id);
    rules.require(size == null || size == 0, "size", size, "only an explicit 0 may be declared");
    rules.check(name, minDisk, minRam, owner, properties, tags);
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
}
