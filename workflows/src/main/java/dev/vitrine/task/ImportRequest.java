package dev.vitrine.task;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import as it was asked for. Field names on the wire are Glance's.
 *
 * @param stores where the data is to be; null if none were named
 * @param allStores whether it is to be in all of them; null if nothing was said
 * @param allStoresMustSucceed whether one store that fails fails the import; true if null
 */
@Wire
public record ImportRequest(
    ImportVia method,
    @Nullable List<String> stores,
    @Nullable Boolean allStores,
    @Nullable Boolean allStoresMustSucceed) {

  /** More than anybody has, and few enough for everything that names them. */
  public static final int MOST_STORES = 100;

  public ImportRequest {
    stores = stores == null ? null : List.copyOf(stores);
    if (stores != null && stores.size() > MOST_STORES) {
      throw new Invalid(
          "an import into %d stores; give %d at most".formatted(stores.size(), MOST_STORES));
    }
  }

  /** By that method, and nothing else said. */
  public static ImportRequest of(ImportVia method) {
    return new ImportRequest(method, null, null, null);
  }

  /** Whether one store that fails fails the import. */
  public boolean mustSucceed() {
    return allStoresMustSucceed == null || allStoresMustSucceed;
  }

  /** Whether every store was asked for. */
  public boolean wantsAll() {
    return allStores != null && allStores;
  }

  /** The same by another method. */
  public ImportRequest by(ImportVia other) {
    return new ImportRequest(other, stores, allStores, allStoresMustSucceed);
  }
}
