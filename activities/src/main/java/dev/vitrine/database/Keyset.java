package dev.vitrine.database;

import java.util.ArrayList;
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
   * @param nearlyUnique whether few rows have the same in it
   */
  public record Key(String column, boolean nullable, boolean descending, boolean nearlyUnique) {

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

  /**
   * Conditions of which each lets through rows that come after the one that has these values in the
   * keys; each such row is let through by one of them. There are several where an index can't be
   * read from one place on, or where a database would take that place for nearly the end.
   */
  public List<String> after(List<? extends @Nullable Object> row, Conditions where) {
    Key first = keys.get(0);
    if (keys.size() == 1 || (first.nearlyUnique() && isPlain(0))) {
      return List.of(after(0, row, where));
    }
    List<String> ranges = new ArrayList<>();
    ranges.add("%s and (%s)".formatted(same(first, row.get(0), where), after(1, row, where)));
    ranges.addAll(further(first, row.get(0), where));
    return ranges;
  }

  private String after(int at, List<? extends @Nullable Object> row, Conditions where) {
    if (isPlain(at)) {
      List<String> values = row.stream().skip(at).map(v -> bound(v, where)).toList();
      List<String> columns = keys.stream().skip(at).map(Key::column).toList();
      return tuple(columns) + keys.get(at).further() + tuple(values);
    }
    Key key = keys.get(at);
    List<String> alternatives = new ArrayList<>(further(key, row.get(at), where));
    if (at + 1 < keys.size()) {
      alternatives.add(
          "(%s and (%s))".formatted(same(key, row.get(at), where), after(at + 1, row, where)));
    }
    return alternatives.isEmpty() ? "1 = 0" : String.join(" or ", alternatives);
  }

  private static String same(Key key, @Nullable Object value, Conditions where) {
    return value == null ? key.column() + " is null" : key.column() + " = " + where.bind(value);
  }

  private static List<String> further(Key key, @Nullable Object value, Conditions where) {
    if (value == null) {
      return key.descending() ? List.of() : List.of(key.column() + " is not null");
    }
    String compared = key.column() + key.further() + where.bind(value);
    return key.nullable() && key.descending()
        ? List.of(compared, key.column() + " is null")
        : List.of(compared);
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
