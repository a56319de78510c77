package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vitrine.json.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow needs to know of an image, and all that crosses Temporal of one: a few hundred
 * bytes, whatever metadata the image has. The fields are those of {@link Image}, whose JSON is read
 * as well.
 *
 * @param size bytes; null until the data is known
 * @param virtualSize bytes of the disk the data describes; null if not known
 * @param checksum MD5 in hexadecimal; null until the data is known
 * @param osHashValue SHA-512 in hexadecimal; null until the data is known
 * @param scrubAt when the data of a {@code pending_delete} image is to be removed; null otherwise
 */
@Wire
public record ImageSummary(
    UUID id,
    @Nullable String name,
    ImageStatus status,
    @Nullable Long size,
    @Nullable Long virtualSize,
    @Nullable String checksum,
    @Nullable String osHashValue,
    @Nullable String diskFormat,
    @Nullable String containerFormat,
    Visibility visibility,
    @JsonProperty("protected") boolean isProtected,
    String owner,
    @Nullable FailurePolicy failurePolicy,
    @Nullable Instant scrubAt)
    implements AccessSubject {

  /** Of an image as the registry has it. */
  public static ImageSummary of(Image image) {
    return new ImageSummary(
        image.id(),
        image.name(),
        image.status(),
        image.size(),
        image.virtualSize(),
        image.checksum(),
        image.osHashValue(),
        image.diskFormat(),
        image.containerFormat(),
        image.visibility(),
        image.isProtected(),
        image.owner(),
        image.failurePolicy(),
        image.scrubAt());
  }

  /** What is known of its data; null unless all of it is. */
  public @Nullable ImageData data() {
    return size == null || checksum == null || osHashValue == null
        ? null
        : new ImageData(size, checksum, osHashValue, virtualSize);
  }

  /** Always empty: workers of a release that reads whole images must find one. */
  @JsonProperty(value = "properties", access = JsonProperty.Access.READ_ONLY)
  Map<String, String> noProperties() {
    return Map.of();
  }

  /** Always empty, as {@link #noProperties}. */
  @JsonProperty(value = "tags", access = JsonProperty.Access.READ_ONLY)
  List<String> noTags() {
    return List.of();
  }
}
