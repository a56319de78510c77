package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the stores are called, for whoever says where data is to go. Immutable.
 *
 * @param all the first is the default, and takes data
 * @param readOnly those of them that take none
 */
public record StoreNames(List<String> all, Set<String> readOnly) {

  public StoreNames {
    all = List.copyOf(all);
    readOnly = Set.copyOf(readOnly);
    if (all.isEmpty() || readOnly.contains(all.get(0))) {
      throw new IllegalArgumentException("no default store that takes data: " + all);
    }
  }

  /** Where data goes of which nothing else is said. */
  public String defaultStore() {
    return all.get(0);
  }

  /** Whether there is one of that name. */
  public boolean has(String name) {
    return all.contains(name);
  }

  /** Those that take data, in the order of their names. */
  public List<String> taking() {
    return all.stream().filter(name -> !readOnly.contains(name)).sorted().toList();
  }

  /**
   * Where data is to go: the store named, or else the default one.
   *
   * @param whose data it is, for the message: {@code image 1f…}
   * @throws Invalid if it takes none
   */
  public String destination(String whose, @Nullable String named) {
    String name = named == null ? defaultStore() : named;
    requireTaking(whose, name);
    return name;
  }

  /**
   * Requires that a store is not one of those that take no data.
   *
   * @param whose data it is, for the message
   * @throws Invalid naming it, and those that do
   */
  public void requireTaking(String whose, String name) {
    if (readOnly.contains(name)) {
      throw new Invalid(
          "%s: store '%s' is read-only; give one that takes data: %s"
              .formatted(whose, name, String.join(", ", taking())));
    }
  }

  /** As they are listed in messages. */
  @Override
  public String toString() {
    return String.join(", ", all);
  }
}
