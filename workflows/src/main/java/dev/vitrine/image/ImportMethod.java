package dev.vitrine.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where the data of an import comes from. Source: Glance, "Interoperable Image Import". */
public enum ImportMethod {
  /** What was staged. */
  GLANCE_DIRECT,
  /** A URL. */
  WEB_DOWNLOAD,
  /** The image itself, which is {@code active} and gets copies in further stores. */
  COPY_IMAGE,
  /** An image of another Glance. */
  GLANCE_DOWNLOAD,
  /** A URL where the data stays, once it is what it was said to be. Nobody can ask for it here. */
  LOCATION,
  /** The same where nothing was said of it: the image is active at once, and gets its digests. */
  LOCATION_DIGESTS;

  /** The name on the wire and in the registry. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The method of that name; empty if there is none. */
  public static Optional<ImportMethod> find(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName().equals(wireName)).findFirst();
  }

  /**
   * The reverse of {@link #wireName}.
   *
   * @throws IllegalArgumentException if no method has that name
   */
  @JsonCreator
  public static ImportMethod of(String wireName) {
    return find(wireName)
        .orElseThrow(
            () -> new IllegalArgumentException("no import method '%s'".formatted(wireName)));
  }

  /** Whether it brings an image that has no data its first. */
  public boolean makesActive() {
    return this != COPY_IMAGE && this != LOCATION_DIGESTS;
  }

  /** Whether the data is read, and stays where it is. */
  public boolean isLocation() {
    return this == LOCATION || this == LOCATION_DIGESTS;
  }

  @Override
  public String toString() {
    return wireName();
  }
}
