package dev.vitrine.cli;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload as it was asked for.
 *
 * @param data a file, a URL, or {@code -} for standard input
 * @param id of the image; null for a new one
 * @param existing whether the image is registered and queued already
 * @param image what is said of it, if it is not
 * @param noWait whether to return as soon as it has started
 */
record UploadArguments(
    String data,
    @Nullable UUID id,
    boolean existing,
    ImageOptions image,
    FailurePolicy policy,
    ExpectedData expected,
    boolean noWait) {

  UploadArguments {
    if (existing && id == null) {
      throw new Invalid("--existing: give the image's id with --id");
    }
  }
}
