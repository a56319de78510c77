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
 * @param data what was stored; null unless activated or staged
 * @param errorKind the {@link dev.vitrine.error.VitrineException} kind of the failure; null if none
 * @param message why it failed or stopped, in words a user can act on; null if activated
 * @param attempts of the transfer, which is tried again from where it stopped; null if it was not
 *     counted
 * @param copiedWithin the store that has copied its own data, so that no bytes were moved; null
 *     where they were, or where it was not told
 */
@Wire
public record UploadResult(
    UUID imageId,
    Outcome outcome,
    @Nullable ImageData data,
    @Nullable String errorKind,
    @Nullable String message,
    @Nullable Integer attempts,
    @Nullable String copiedWithin) {

  /** One whose attempts are not counted. */
  public UploadResult(
      UUID imageId,
      Outcome outcome,
      @Nullable ImageData data,
      @Nullable String errorKind,
      @Nullable String message) {
    this(imageId, outcome, data, errorKind, message, null, null);
  }

  /** One whose bytes went through a worker, if any did. */
  public UploadResult(
      UUID imageId,
      Outcome outcome,
      @Nullable ImageData data,
      @Nullable String errorKind,
      @Nullable String message,
      @Nullable Integer attempts) {
    this(imageId, outcome, data, errorKind, message, attempts, null);
  }

  /** The same, whose data that store has copied; null for no store. */
  public UploadResult copiedWithin(@Nullable String store) {
    return new UploadResult(imageId, outcome, data, errorKind, message, attempts, store);
  }

  /** The ends of an upload. */
  public enum Outcome {
    /** The data is staged, and the image {@code uploading} until it is imported. */
    STAGED,
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
