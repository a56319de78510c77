package dev.vitrine.database;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list, and where one of its pages begins. Null comes first, on either database.
 *
 * @param keys as they are applied; together they tell every two rows apart
 */
public record Keyset(List<Key> keys) {

  /**
   * A column to sort by.
   *
   * @param column as it is written in the statement
   */
  public record Key(String column, boolean nullable, boolean descending) {

    private String order() {
      String nulls = !nullable ? "" : descending ? " nulls last" : " nulls first";
      return column + (descending ? " desc" : " asc") + nulls;
    }

    private String further() {
      return descending ? " < " : " > ";
    }
  }

  /** The text that follows {@code order by}. */
  public String orderBy() {
    return keys.stream().map(Key::order).collect(Collectors.joining(", "));
  }

  /** Lets only rows through that come after the one that has these values in the keys. */
  public void after(List<? extends @Nullable Object> row, Conditions where) {
    Key first = keys.get(0);
    Object value = row.get(0);
    if (!isPlain(0) && value != null && !(first.nullable() && first.descending())) {
      // Said by the rest as well, but only in this form does an index begin to be read there.
      where.add(first.column() + (first.descending() ? " <= " : " >= ") + where.bind(value));
    }
    where.add("(" + after(0, row, where) + ")");
  }

  private String after(int at, List<? extends @Nullable Object> row, Conditions where) {
    if (isPlain(at)) {
      List<String> values = row.stream().skip(at).map(v -> bound(v, where)).toList();
      List<String> columns = keys.stream().skip(at).map(Key::column).toList();
      return tuple(columns) + keys.get(at).further() + tuple(values);
    }
    Key key = keys.get(at);
    Object value = row.get(at);
    String same =
        value == null ? key.column() + " is null" : key.column() + " = " + where.bind(value);
    String further = further(key, value, where);
    return at + 1 == keys.size()
        ? further
        : "%s or (%s and (%s))".formatted(further, same, after(at + 1, row, where));
  }

  private static String further(Key key, @Nullable Object value, Conditions where) {
    if (value == null) {
      return key.descending() ? "1 = 0" : key.column() + " is not null";
    }
    String compared = key.column() + key.further() + where.bind(value);
    return key.nullable() && key.descending()
        ? "%s or %s is null".formatted(compared, key.column())
        : compared;
  }

  /** Whether the keys from here on are compared as one: not null, and in one direction. */
  private boolean isPlain(int at) {
    boolean descending = keys.get(at).descending();
    return keys.stream()
        .skip(at)
        .allMatch(key -> !key.nullable() && key.descending() == descending);
  }

  private static String bound(@Nullable Object value, Conditions where) {
    if (value == null) {
      throw new IllegalStateException("null in a column that has none");
    }
    return where.bind(value);
  }

  private static String tuple(List<String> members) {
    return "(" + String.join(", ", members) + ")";
  }
}
