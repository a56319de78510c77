package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.lifecycle.Lifecycle;

/** The statuses of an image. Source: Glance's documentation, "Image Statuses". */
public enum ImageStatus {
  /** The id is reserved; no data has been uploaded. */
  QUEUED,
  /** The data is being uploaded. */
  SAVING,
  /** Data is being staged, or is staged, for an import. */
  UPLOADING,
  /** An import was asked for, and the image is not ready yet. */
  IMPORTING,
  /** Fully available. */
  ACTIVE,
  /** Access to the data is denied to everyone but an admin. */
  DEACTIVATED,
  /** The upload failed under the v1 policy; the image is not readable. */
  KILLED,
  /** Kept by the registry only; the data is gone or going. */
  DELETED,
  /** Deleted for its users; the data is still in the store until the scrub time. */
  PENDING_DELETE;

  /** The name on the wire and in the registry. */
  @JsonValue
  public String wireName() {
    return Lifecycle.word(this);
  }

  /**
   * The reverse of {@link #wireName}.
   *
   * @throws IllegalArgumentException if no status has that name
   */
  @JsonCreator
  public static ImageStatus of(String wireName) {
    return Lifecycle.constant(ImageStatus.class, wireName);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
