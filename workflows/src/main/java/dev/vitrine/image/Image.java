package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vitrine.json.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An image as the registry has it. Field names on the wire are Glance's.
 *
 * @param size bytes; null until the data is known
 * @param virtualSize bytes of the disk the image describes; null if not known
 * @param checksum MD5 in hexadecimal; null until the data is known
 * @param osHashAlgo the algorithm of {@code osHashValue}: {@code sha512}
 * @param minDisk GiB
 * @param minRam MiB
 * @param failurePolicy what the present or last upload asked for; null before the first
 * @param deletedAt when it became {@code deleted} or {@code pending_delete}
 * @param scrubAt when the data of a {@code pending_delete} image is to be removed; null otherwise
 * @param version grows by one with every change of the row; for compare-and-set
 */
@Wire
public record Image(
    UUID id,
    @Nullable String name,
    ImageStatus status,
    @Nullable Long size,
    @Nullable Long virtualSize,
    @Nullable String checksum,
    @Nullable String osHashAlgo,
    @Nullable String osHashValue,
    @Nullable String diskFormat,
    @Nullable String containerFormat,
    int minDisk,
    int minRam,
    Visibility visibility,
    @JsonProperty("protected") boolean isProtected,
    boolean osHidden,
    String owner,
    @Nullable FailurePolicy failurePolicy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt,
    @Nullable Instant scrubAt,
    long version,
    Map<String, String> properties,
    List<String> tags)
    implements AccessSubject, DescribedImage {

  public Image {
    properties = Map.copyOf(properties);
    tags = List.copyOf(tags);
  }
}
