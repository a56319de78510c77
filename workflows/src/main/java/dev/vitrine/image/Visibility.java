package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.lifecycle.Lifecycle;

/** Who may see an image. Source: Glance's documentation, "Image visibility". */
public enum Visibility {
  /** Its owner. */
  PRIVATE,
  /** Its owner and the projects that are its members. */
  SHARED,
  /** Everyone who asks for it by id or lists community images. */
  COMMUNITY,
  /** Everyone. */
  PUBLIC;

  @JsonValue
  public String wireName() {
    return Lifecycle.word(this);
  }

  @JsonCreator
  public static Visibility of(String wireName) {
    return Lifecycle.constant(Visibility.class, wireName);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
