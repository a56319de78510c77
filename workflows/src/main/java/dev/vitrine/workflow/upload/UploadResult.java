package dev.vitrine.workflow.upload;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.image.ImageData;
import dev.vitrine.json.Wire;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an upload ended.
 *
 * @param data what was stored; null unless activated
 * @param errorKind the {@link dev.vitrine.error.VitrineException} kind of the failure; null if none
 * @param message why it failed or stopped, in words a user can act on; null if activated
 */
@Wire
public record UploadResult(
    UUID imageId,
    Outcome outcome,
    @Nullable ImageData data,
    @Nullable String errorKind,
    @Nullable String message) {

  /** The four ends of an upload. */
  public enum Outcome {
    /** The image is {@code active}. */
    ACTIVATED,
    /** The upload failed or was cancelled; the image is {@code queued} again. */
    REQUEUED,
    /** The upload failed or was cancelled; the image is {@code killed}. */
    KILLED,
    /** The image was deleted while it was saving. */
    DELETED;

    @JsonValue
    public String wireName() {
      return Lifecycle.word(this);
    }
  }
}
