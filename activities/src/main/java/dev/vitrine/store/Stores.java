package dev.vitrine.store;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The stores this process is configured with, by name. Immutable. */
public final class Stores {

  private final SortedMap<String, Store> byName = new TreeMap<>();
  private final Map<String, Integer> weights;

  /** All of them weigh the same. */
  public Stores(Collection<? extends Store> stores) {
    this(stores, Map.of());
  }

  /**
   * @param weights by their names; 0 where nothing is said
   */
  public Stores(Collection<? extends Store> stores, Map<String, Integer> weights) {
    this.weights = Map.copyOf(weights);
    for (Store store : stores) {
      if (byName.put(store.name(), store) != null) {
        throw new IllegalArgumentException("two stores are named '%s'".formatted(store.name()));
      }
    }
  }

  /**
   * The store of that name.
   *
   * @throws Unavailable naming the known ones: another worker, or this one configured anew, may
   *     have it
   */
  public Store require(String name) {
    Store store = byName.get(name);
    if (store == null) {
      throw new Unavailable(
          "store '%s' is not configured here; known stores: %s"
              .formatted(name, byName.isEmpty() ? "none" : String.join(", ", byName.keySet())));
    }
    return store;
  }

  /**
   * What says which of several stores is read first: the heaviest. 0 for one that there is not, and
   * for data that lies elsewhere.
   */
  public int weight(String name) {
    return weights.getOrDefault(name, 0);
  }

  /** The names of all of them, in their order. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /**
   * Asks each for something that isn't there.
   *
   * @throws Unavailable which does not answer
   */
  public void requireAnswers() {
    String nothing = new UUID(0, 0) + "/" + new UUID(0, 0);
    for (Store store : byName.values()) {
      var unused = store.size(nothing);
    }
  }

  /**
   * The same store, if it takes data and gives it up again.
   *
   * @throws Invalid if it is only read from
   */
  public WritableStore requireWritable(String name) {
    if (require(name) instanceof WritableStore writable) {
      return writable;
    }
    throw new Invalid("store '%s' is read-only: nothing is written to it".formatted(name));
  }
}
