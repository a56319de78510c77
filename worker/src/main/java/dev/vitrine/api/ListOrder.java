package dev.vitrine.api;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The order a list is asked for, in the older form {@code sort_key=name&sort_dir=asc}, repeated, or
 * the newer one {@code sort=name:asc,size:desc}. Source: the reference's {@code
 * _get_sorting_params}.
 */
final class ListOrder {

  /** One key. */
  record Key<F>(F field, boolean descending) {}

  private ListOrder() {}

  /**
   * The keys, in their order and each once; empty if none was asked for.
   *
   * @param fields that may be sorted by
   */
  static <F extends Enum<F>> List<Key<F>> read(Call call, F[] fields) {
    List<Key<F>> order = keys(call, fields);
    Set<F> seen = new HashSet<>();
    for (Key<F> key : order) {
      if (!seen.add(key.field())) {
        throw new Invalid(
            "sort key '%s' is given twice: give each once".formatted(wireName(key.field())));
      }
    }
    return order;
  }

  private static <F extends Enum<F>> List<Key<F>> keys(Call call, F[] fields) {
    List<String> keys = call.query().getOrDefault("sort_key", List.of());
    List<String> directions = call.query().getOrDefault("sort_dir", List.of());
    if (call.query().containsKey("sort")) {
      if (!keys.isEmpty() || !directions.isEmpty()) {
        throw new Invalid("sort and sort_key or sort_dir are both given: give one of the two");
      }
      return combined(call.query().get("sort").get(0), fields);
    }
    if (directions.size() > 1 && directions.size() != keys.size()) {
      throw new Invalid(
          "%d of sort_dir for %d of sort_key: give one, or one for each"
              .formatted(directions.size(), keys.size()));
    }
    if (keys.isEmpty() && !directions.isEmpty()) {
      keys = List.of("created_at");
    }
    List<Key<F>> order = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String direction =
          directions.isEmpty() ? "desc" : directions.get(directions.size() == 1 ? 0 : i);
      order.add(new Key<>(field(keys.get(i), fields), isDescending(direction)));
    }
    return order;
  }

  private static <F extends Enum<F>> List<Key<F>> combined(String sort, F[] fields) {
    List<Key<F>> order = new ArrayList<>();
    for (String part : sort.strip().split(",", -1)) {
      String[] keyAndDirection = part.split(":", 2);
      order.add(
          new Key<>(
              field(keyAndDirection[0], fields),
              keyAndDirection.length < 2 || isDescending(keyAndDirection[1])));
    }
    return order;
  }

  private static <F extends Enum<F>> F field(String name, F[] fields) {
    return Arrays.stream(fields)
        .filter(field -> wireName(field).equals(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    "sort key '%s': give one of %s"
                        .formatted(
                            name.strip(),
                            Arrays.stream(fields)
                                .map(ListOrder::wireName)
                                .collect(Collectors.joining(", ")))));
  }

  private static String wireName(Enum<?> field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  private static boolean isDescending(String direction) {
    return switch (direction.strip()) {
      case "desc" -> true;
      case "asc" -> false;
      default ->
          throw new Invalid("sort direction '%s': give asc or desc".formatted(direction.strip()));
    };
  }
}
