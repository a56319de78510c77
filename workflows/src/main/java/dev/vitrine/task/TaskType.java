package dev.vitrine.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.lifecycle.Lifecycle;

/** What a task does. */
public enum TaskType {
  /** Makes an image of data at a URL. */
  IMPORT,
  /** Writes an image's data to a destination. */
  EXPORT,
  /** Makes an image with another one's data and properties. */
  CLONE,
  /** Brings data into an image that there is. */
  API_IMAGE_IMPORT,
  /** Gives an image that there is data that lies elsewhere. */
  LOCATION_IMPORT;

  /** Whether a task of this type makes an image. */
  public boolean makesImage() {
    return switch (this) {
      case IMPORT, CLONE -> true;
      case EXPORT, API_IMAGE_IMPORT, LOCATION_IMPORT -> false;
    };
  }

  /** Whether a task of this type holds an image that there is. */
  public boolean importsIntoImage() {
    return this == API_IMAGE_IMPORT || this == LOCATION_IMPORT;
  }

  @JsonValue
  public String wireName() {
    return Lifecycle.word(this);
  }

  @JsonCreator
  public static TaskType of(String wireName) {
    return Lifecycle.constant(TaskType.class, wireName);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
