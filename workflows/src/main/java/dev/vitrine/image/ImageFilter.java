package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.time.Instant;
import java.util.List;

/** What an image must be to be listed. A field that is null matches nothing. */
public sealed interface ImageFilter {

  /** The text fields that are compared as a whole. */
  enum TextField {
    ID,
    NAME,
    STATUS,
    DISK_FORMAT,
    CONTAINER_FORMAT,
    OWNER,
    CHECKSUM,
    OS_HASH_ALGO,
    OS_HASH_VALUE
  }

  /** The numbers: bytes, GiB and MiB. */
  enum NumberField {
    SIZE,
    MIN_DISK,
    MIN_RAM
  }

  /** The times. */
  enum TimeField {
    CREATED_AT,
    UPDATED_AT
  }

  /**
   * The field is one of these values, letter for letter.
   *
   * @param anyOf at least one
   */
  record Text(TextField field, List<String> anyOf) implements ImageFilter {
    public Text {
      anyOf = List.copyOf(anyOf);
      if (anyOf.isEmpty()) {
        throw new Invalid("filter on %s: give at least one value".formatted(field));
      }
    }

    public Text(TextField field, String value) {
      this(field, List.of(value));
    }
  }

  /** {@code size >= 5}. */
  record Amount(NumberField field, Comparison comparison, long value) implements ImageFilter {}

  /** {@code created_at < 2026-03-01T10:00:00Z}; to the second, as clients see times. */
  record Time(TimeField field, Comparison comparison, Instant value) implements ImageFilter {}

  /** Whether it is protected against deletion. */
  record Protected(boolean value) implements ImageFilter {}

  /** It has the tag, perhaps among others. */
  record Tag(String tag) implements ImageFilter {}

  /** It has the free property with that value. */
  record Property(String name, String value) implements ImageFilter {}
}
