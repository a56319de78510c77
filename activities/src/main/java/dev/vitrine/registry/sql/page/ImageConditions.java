package dev.vitrine.registry.sql.page;

import dev.vitrine.database.Conditions;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.listing.ImageQuery.SortField;
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

  /** So many characters of a digest are in its index. */
  private static final int HASH = 16;

  private ImageConditions() {}

  /**
   * Adds them all. Those that ask for a row of another table become one subquery for each table: of
   * an {@code exists} for each, PostgreSQL makes a join for each, and a hundred of those in every
   * part of a page take the server down while it plans. Compared by {@code >=}, which it takes for
   * a third of all rows and not, as {@code =}, for next to none.
   *
   * @param entry which passes one of them already, perhaps
   * @param order the first key of the list's order
   */
  static void add(List<ImageFilter> filters, ImageEntry entry, SortField order, Conditions where) {
    boolean pointed = filters.stream().anyMatch(ImageConditions::isPointed);
    Set<String> tags = new LinkedHashSet<>();
    Set<ImageFilter.Property> properties = new LinkedHashSet<>();
    for (ImageFilter filter : filters) {
      if (filter.equals(entry.fulfils())) {
        continue;
      }
      if (filter instanceof ImageFilter.Tag tag) {
        tags.add(tag.tag());
      } else if (filter instanceof ImageFilter.Property property) {
        properties.add(property);
      } else {
        where.add(term(filter, entry, order, pointed, where));
      }
    }
    if (!tags.isEmpty()) {
      where.add(anyOf(TAGS, tags, where) + ") >= " + tags.size());
    }
    if (!properties.isEmpty()) {
      where.add(
          properties.stream()
              .map(one -> "(%s, %s)".formatted(where.bind(one.name()), where.bind(one.value())))
              .collect(Collectors.joining(", ", PROPERTIES, ")) >= " + properties.size())));
    }
  }

  /** Whether it leaves few images, and an index finds them. */
  static boolean isPointed(ImageFilter filter) {
    return filter instanceof ImageFilter.Text text
        && switch (text.field()) {
          case ID, NAME, CHECKSUM, OS_HASH_VALUE -> true;
          default -> false;
        };
  }

  private static String term(
      ImageFilter filter, ImageEntry entry, SortField order, boolean pointed, Conditions where) {
    if (filter instanceof ImageFilter.Text text) {
      return text(text, entry, pointed, where);
    }
    if (filter instanceof ImageFilter.Amount amount) {
      return column(amount.field()) + sign(amount.comparison()) + where.bind(amount.value());
    }
    if (filter instanceof ImageFilter.Time time) {
      return time.field() == ImageField.UPDATED_AT && order != SortField.UPDATED_AT
          // Said so that no database takes the index by it: what many pass doesn't lead to a page.
          ? time("coalesce(i.updated_at, i.created_at)", time, where)
          : time(time, where);
    }
    ImageFilter.Flag flag = (ImageFilter.Flag) filter;
    return column(flag.field()) + " = " + where.bind(flag.value());
  }

  static String time(ImageFilter.Time time, Conditions where) {
    return time(column(time.field()), time, where);
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

  private static String text(
      ImageFilter.Text text, ImageEntry entry, boolean pointed, Conditions where) {
    List<String> values = text.anyOf();
    if (text.field() == ImageField.ID) {
      List<UUID> ids = values.stream().flatMap(id -> uuid(id).stream()).toList();
      return ids.isEmpty() ? "1 = 0" : anyOf("i.id", ids, where);
    }
    if (text.field() == ImageField.OWNER) {
      return anyOf(entry.all() ? "i.owner" : entry.owner(), values, where);
    }
    if (text.field() == ImageField.STATUS && pointed) {
      // Said so that no database takes the index by status, where another leads to less.
      return anyOf("coalesce(i.status, '')", values, where);
    }
    String column = column(text.field());
    String equal = anyOf(column + " <text_order>", values, where);
    if (text.field() == ImageField.OS_HASH_VALUE) {
      // It is long, and its index has only the beginning.
      List<String> starts = values.stream().map(value -> start(value, HASH)).distinct().toList();
      return anyOf("substr(%s, 1, %d) <text_order>".formatted(column, HASH), starts, where)
          + " and "
          + equal;
    }
    return equal;
  }

  /** So many characters of a text as a database counts them, which is by code points. */
  static String start(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters));
  }

  private static String anyOf(String column, Collection<?> values, Conditions where) {
    return values.size() == 1
        ? column + " = " + where.bind(values.iterator().next())
        : column + values.stream().map(where::bind).collect(Collectors.joining(", ", " in (", ")"));
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
