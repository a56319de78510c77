package dev.vitrine.image;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Invalid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What values a field of an image takes. It is what the published JSON schema says and what is
 * enforced, both. Lengths count characters as JSON Schema does: code points, not UTF-16 units.
 */
public sealed interface FieldType {

  /**
   * The value in the form the domain has it, from the form that JSON has it in.
   *
   * @param field what it is the value of, for the message
   * @param given a text, a number, a flag, a list or null
   * @throws Invalid naming the field, the value and what is accepted
   */
  default @Nullable Object read(String field, @Nullable Object given) {
    if (!holds(given)) {
      throw new Invalid("%s %s: give %s".formatted(field, shown(given), accepted()));
    }
    return given;
  }

  /** Whether a value is one of these. */
  boolean holds(@Nullable Object value);

  /** What is accepted, in words that follow "give". */
  String accepted();

  /**
   * A text.
   *
   * @param pattern what it must match as a whole; null for anything
   * @param oneOf what it may be; empty for anything
   */
  record Text(
      boolean nullable, int shortest, int longest, @Nullable String pattern, List<String> oneOf)
      implements FieldType {

    /** Of any length. */
    public static final Text FREE = new Text(false, 0, Integer.MAX_VALUE, null, List.of());

    /** The id of a project; nobody calls in the name of a blank one. */
    public static final Text PROJECT =
        new Text(false, 1, 255, "^[\\s\\S]*\\S[\\s\\S]*$", List.of());

    /** What a path names a thing by: a tag, or the project of a member. */
    public static final Text SEGMENT = new Text(false, 1, 255, PathSegment.PATTERN, List.of());

    public Text {
      oneOf = List.copyOf(oneOf);
    }

    static Text upTo(int longest) {
      return new Text(false, 0, longest, null, List.of());
    }

    static Text oneOf(List<String> values) {
      return new Text(false, 0, Integer.MAX_VALUE, null, values);
    }

    static Text matching(String pattern) {
      return new Text(false, 0, Integer.MAX_VALUE, pattern, List.of());
    }

    Text notEmpty() {
      return new Text(nullable, 1, longest, pattern, oneOf);
    }

    Text orNull() {
      return new Text(true, shortest, longest, pattern, oneOf);
    }

    @Override
    public boolean holds(@Nullable Object value) {
      if (value == null) {
        return nullable;
      }
      return value instanceof String text
          && hasLength(text, shortest, longest)
          && (pattern == null || Pattern.matches(pattern, text))
          && (oneOf.isEmpty() || oneOf.contains(text));
    }

    @Override
    public String accepted() {
      String orNull = nullable ? ", or null" : "";
      if (!oneOf.isEmpty()) {
        return "one of " + String.join(", ", oneOf) + orNull;
      }
      if (PathSegment.PATTERN.equals(pattern)) {
        return "a text%s that can stand in a path: neither blank nor . nor .., without"
                .formatted(length(shortest, longest))
            + " /, \\, ?, #, control characters, and escapes such as %2F";
      }
      if (pattern != null) {
        return pattern.equals(ImageField.UUID_PATTERN)
            ? "a UUID" + orNull
            : "a text%s that is not blank%s".formatted(length(shortest, longest), orNull);
      }
      return "a text" + length(shortest, longest) + orNull;
    }
  }

  /**
   * A whole number from 0.
   *
   * @param most null for any
   */
  record Whole(boolean nullable, @Nullable Long most) implements FieldType {

    /** Up to there every whole number is one of Java's and JSON's alike. */
    private static final double MOST_EXACT = 1L << 62;

    @Override
    public boolean holds(@Nullable Object value) {
      return value == null ? nullable : amount(value) >= 0;
    }

    /** As an {@link Integer} where it can be one; {@code 5.0} is whole, as in JSON Schema. */
    @Override
    public @Nullable Object read(String field, @Nullable Object given) {
      Object checked = FieldType.super.read(field, given);
      return checked == null ? null : amount(checked);
    }

    /** The number; -1 for what is none of these. */
    private long amount(Object value) {
      if (!(value instanceof Number number)
          || number.doubleValue() != Math.rint(number.doubleValue())
          || Math.abs(number.doubleValue()) > MOST_EXACT) {
        return -1;
      }
      long amount = number.longValue();
      return most != null && amount > most ? -1 : amount;
    }

    @Override
    public String accepted() {
      return "a whole number from 0" + (most == null ? "" : " to " + most);
    }
  }

  /** True or false. */
  record Flag() implements FieldType {
    @Override
    public boolean holds(@Nullable Object value) {
      return value instanceof Boolean;
    }

    @Override
    public String accepted() {
      return "true or false";
    }
  }

  /** A list of tags; one that is repeated counts once. */
  record Words() implements FieldType {
    @Override
    public boolean holds(@Nullable Object value) {
      return value instanceof List<?> list && list.stream().allMatch(ImageField.TAG::holds);
    }

    @Override
    public List<String> read(String field, @Nullable Object given) {
      if (!(given instanceof List<?> list)) {
        throw new Invalid("%s %s: give %s".formatted(field, shown(given), accepted()));
      }
      Set<String> words = new LinkedHashSet<>();
      for (Object word : list) {
        words.add(String.valueOf(ImageField.TAG.read("tag", word)));
      }
      return new ArrayList<>(words);
    }

    @Override
    public String accepted() {
      return "a list of texts";
    }
  }

  /** The server's own: a time. */
  record Time() implements FieldType {
    @Override
    public boolean holds(@Nullable Object value) {
      return value instanceof String;
    }

    @Override
    public String accepted() {
      return "nothing";
    }
  }

  /** Where data lies: read by what changes locations, not here. */
  record Places() implements FieldType {

    /** Of a location's URL. */
    public static final int LONGEST_URL = 2048;

    @Override
    public boolean holds(@Nullable Object value) {
      return value instanceof List<?>;
    }

    @Override
    public String accepted() {
      return "a list of locations";
    }
  }

  private static boolean hasLength(String text, int shortest, int longest) {
    int length = text.codePointCount(0, text.length());
    return length >= shortest && length <= longest;
  }

  private static String length(int shortest, int longest) {
    return longest == Integer.MAX_VALUE
        ? ""
        : shortest == 0
            ? " of at most %d characters".formatted(longest)
            : " of %d to %d characters".formatted(shortest, longest);
  }

  private static String shown(@Nullable Object value) {
    return "'" + Excerpt.value(value) + "'";
  }
}
