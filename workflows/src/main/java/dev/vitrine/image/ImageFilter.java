package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.time.Instant;
import java.util.List;

/** What an image must be to be listed. A field that is null matches nothing. */
public sealed interface ImageFilter {

  /**
   * The field is one of these values, letter for letter.
   *
   * @param anyOf at least one
   */
  record Text(ImageField field, List<String> anyOf) implements ImageFilter {
    public Text {
      anyOf = List.copyOf(anyOf);
      require(field, FieldType.Text.class);
      if (anyOf.isEmpty()) {
        throw new Invalid("filter on %s: give at least one value".formatted(field.wireName()));
      }
    }

    public Text(ImageField field, String value) {
      this(field, List.of(value));
    }
  }

  /** {@code size >= 5}. */
  record Amount(ImageField field, Comparison comparison, long value) implements ImageFilter {
    public Amount {
      require(field, FieldType.Whole.class);
    }
  }

  /** {@code created_at < 2026-03-01T10:00:00Z}; to the second, as clients see times. */
  record Time(ImageField field, Comparison comparison, Instant value) implements ImageFilter {

    /** Databases hold more than these, but not each of them in an order; no image is older. */
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

    public Time {
      require(field, FieldType.Time.class);
      value = value.isBefore(FIRST) ? FIRST : value.isAfter(LAST) ? LAST : value;
    }
  }

  /** {@code protected = true}. */
  record Flag(ImageField field, boolean value) implements ImageFilter {
    public Flag {
      require(field, FieldType.Flag.class);
    }
  }

  /** It has the tag, perhaps among others. */
  record Tag(String tag) implements ImageFilter {}

  /** It has the free property with that value. */
  record Property(String name, String value) implements ImageFilter {}

  private static void require(ImageField field, Class<? extends FieldType> type) {
    if (!type.isInstance(field.type()) || !field.isColumn()) {
      throw new IllegalArgumentException(field.wireName() + " is not compared as such");
    }
  }
}
