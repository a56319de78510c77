package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.lifecycle.Lifecycle;

/** What becomes of an image whose upload fails. */
public enum FailurePolicy {
  /** The image is {@code killed}, as under Glance's API v1. */
  KILL(ImageEvent.UPLOAD_KILLED),
  /** The image is {@code queued} again and may be uploaded anew, as under Glance's API v2. */
  REQUEUE(ImageEvent.UPLOAD_REQUEUED);

  private final ImageEvent event;

  FailurePolicy(ImageEvent event) {
    this.event = event;
  }

  /** The event that this policy makes of a failed upload. */
  public ImageEvent event() {
    return event;
  }

  @JsonValue
  public String wireName() {
    return Lifecycle.word(this);
  }

  @JsonCreator
  public static FailurePolicy of(String wireName) {
    return Lifecycle.constant(FailurePolicy.class, wireName);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
