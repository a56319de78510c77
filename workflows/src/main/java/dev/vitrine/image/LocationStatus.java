package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.lifecycle.Lifecycle;

/** The statuses of a location. */
public enum LocationStatus {
  /** Recorded before the first byte is written; there may be partial data, or none. */
  PENDING,
  /** The data is complete and verified, or lies elsewhere and was registered. */
  ACTIVE,
  /** The data is to be removed; the row goes when it is. */
  PENDING_DELETE;

  @JsonValue
  public String wireName() {
    return Lifecycle.word(this);
  }

  @JsonCreator
  public static LocationStatus of(String wireName) {
    return Lifecycle.constant(LocationStatus.class, wireName);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
