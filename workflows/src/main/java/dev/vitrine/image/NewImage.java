package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an image at its creation. Fields and limits are Glance's; {@link #requireValid}
 * asks for them.
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
    List<String> tags)
    implements DescribedImage {

  @SuppressWarnings("ConstantValue")
  public NewImage {
    visibility = visibility == null ? Visibility.SHARED : visibility;
    properties = properties == null ? Map.of() : Map.copyOf(properties);
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  /**
   * Requires that it may be created: what the types of {@link ImageField} say. It is asked at every
   * border and last of all by the registry, and not of what is only read back, so that an execution
   * that began under other rules goes on.
   *
   * @throws Invalid naming the field, its value and what is accepted
   */
  public void requireValid() {
    if (size != null && size != 0) {
      throw new Invalid(
          "image %s: size '%s': only an explicit 0 may be declared".formatted(id, size));
    }
    new MetadataRules(id).check(null, this);
  }

  /** An image as it is described, without data. */
  public static NewImage of(DescribedImage image) {
    return new NewImage(
        image.id(),
        image.name(),
        null,
        image.diskFormat(),
        image.containerFormat(),
        image.minDisk(),
        image.minRam(),
        image.visibility(),
        image.isProtected(),
        image.osHidden(),
        image.owner(),
        image.properties(),
        image.tags());
  }

  /** An image of that id and owner with every default. */
  public static NewImage of(UUID id, String owner) {
    return of(ImageMetadata.describe(id, owner).build());
  }
}
