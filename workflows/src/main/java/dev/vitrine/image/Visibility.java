package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.Locale;

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
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return wireName();
  }
}
