package dev.vitrine.activity;

import dev.vitrine.image.ImageData;
import dev.vitrine.json.Wire;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer into several stores brought in.
 *
 * @param virtualSize null where the data was not inspected
 * @param stored the locations that have the data, published and measured; one at least
 * @param dropped the stores that have not, each with the cause in a few words, which is cut
 */
@Wire
public record StoresTransferred(
    long size,
    String checksum,
    String sha512,
    @Nullable Long virtualSize,
    int attempts,
    List<UUID> stored,
    Map<String, String> dropped) {

  public StoresTransferred {
    stored = List.copyOf(stored);
    dropped = Map.copyOf(dropped);
  }

  /** What was measured. */
  public ImageData data() {
    return new ImageData(size, checksum, sha512, virtualSize);
  }
}
