package dev.vitrine.backend;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.NewImage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload as it was asked for.
 *
 * @param data a file, a URL, or {@code -} for standard input
 * @param id of the image; null for a new one
 * @param existing whether the image is registered and queued already
 * @param image describes it, if it is not
 */
public record UploadArguments(
    String data,
    @Nullable UUID id,
    boolean existing,
    Description image,
    FailurePolicy policy,
    ExpectedData expected) {

  /** What is said of the new image. */
  public interface Description {

    /**
     * The image to register.
     *
     * @param defaultName its name if none was given
     */
    NewImage newImage(UUID id, @Nullable String defaultName);
  }

  public UploadArguments {
    if (existing && id == null) {
      throw new Invalid("--existing: give the image's id with --id");
    }
  }
}
