package dev.vitrine.registry.sql;

import dev.vitrine.database.Conditions;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The filters of a list as SQL. What comes from a request is bound, never written. */
final class ImageConditions {

  private static final String TAGS =
      "(select count(*) from image_tags t where t.image_id = i.id and t.tag";

  private static final String PROPERTIES =
      """
      (select count(*) from image_properties p
        where p.image_id = i.id and (p.name, p.value) in (values \
      """;

  private ImageConditions() {}

  /**
   * Adds them all. Those that ask for a row of another table become one subquery for each table: of
   * an {@code exists} for each, PostgreSQL makes a join for each, and a hundred of those in every
   * part of a page take the server down while it plans.
   */
  static void add(List<ImageFilter> filters, Conditions where) {
    Set<String> tags = new LinkedHashSet<>();
    Set<ImageFilter.Property> properties = new LinkedHashSet<>();
    for (ImageFilter filter : filters) {
      if (filter instanceof ImageFilter.Tag tag) {
        tags.add(tag.tag());
      } else if (filter instanceof ImageFilter.Property property) {
        properties.add(property);
      } else {
        where.add(term(filter, where));
      }
    }
    if (!tags.isEmpty()) {
      where.add(anyOf(TAGS, tags, where) + ") = " + tags.size());
    }
    if (!properties.isEmpty()) {
      where.add(
          properties.stream()
              .map(one -> "(%s, %s)".formatted(where.bind(one.name()), where.bind(one.value())))
              .collect(Collectors.joining(", ", PROPERTIES, ")) = " + properties.size())));
    }
  }

  private static String term(ImageFilter filter, Conditions where) {
    if (filter instanceof ImageFilter.Text text) {
      return text(text, where);
    }
    if (filter instanceof ImageFilter.Amount amount) {
      return column(amount.field()) + sign(amount.comparison()) + where.bind(amount.value());
    }
    if (filter instanceof ImageFilter.Time time) {
      return time(column(time.field()), time, where);
    }
    ImageFilter.Flag flag = (ImageFilter.Flag) filter;
    return column(flag.field()) + " = " + where.bind(flag.value());
  }

  /** To the second, which is how clients see them: a second is an interval of what is kept. */
  private static String time(String column, ImageFilter.Time time, Conditions where) {
    Instant second = time.value().truncatedTo(ChronoUnit.SECONDS);
    Instant next = second.plusSeconds(1);
    return switch (time.comparison()) {
      case EQ ->
          "(%s >= %s and %s < %s)".formatted(column, where.bind(second), column, where.bind(next));
      case NEQ ->
          "(%s < %s or %s >= %s)".formatted(column, where.bind(second), column, where.bind(next));
      case GT -> column + " >= " + where.bind(next);
      case GTE -> column + " >= " + where.bind(second);
      case LT -> column + " < " + where.bind(second);
      case LTE -> column + " < " + where.bind(next);
    };
  }

  private static String text(ImageFilter.Text text, Conditions where) {
    if (text.field() == ImageField.STATUS) {
      // Said so that SQLite does not take the index by status, which is in no list's order.
      return anyOf("coalesce(i.status, '')", text.anyOf(), where);
    }
    if (text.field() != ImageField.ID) {
      return anyOf(column(text.field()), text.anyOf(), where);
    }
    List<UUID> ids = text.anyOf().stream().flatMap(id -> uuid(id).stream()).toList();
    return ids.isEmpty() ? "1 = 0" : anyOf("i.id", ids, where);
  }

  private static String anyOf(String column, Collection<?> values, Conditions where) {
    return column
        + values.stream().map(where::bind).collect(Collectors.joining(", ", " in (", ")"));
  }

  /** Empty for what can't be the id of an image. */
  private static Optional<UUID> uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String column(ImageField field) {
    return "i." + field.column();
  }

  private static String sign(Comparison comparison) {
    return switch (comparison) {
      case EQ -> " = ";
      case NEQ -> " <> ";
      case GT -> " > ";
      case GTE -> " >= ";
      case LT -> " < ";
      case LTE -> " <= ";
    };
  }
}
