package dev.vitrine.remote;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An import into an image, as the API is asked for it.
 *
 * @param method {@code glance-direct} for what was staged, {@code web-download}, {@code copy-image}
 * @param uri where the data is; null for all methods but web-download
 * @param stores where it is to be; empty for the server's choice
 * @param allStores whether it is to be in all of them
 * @param mustSucceed whether one store that fails fails the import
 */
public record RemoteImport(
    String method,
    @Nullable String uri,
    List<String> stores,
    boolean allStores,
    boolean mustSucceed) {

  public RemoteImport {
    stores = List.copyOf(stores);
  }

  Map<String, Object> document() {
    Map<String, Object> how = new LinkedHashMap<>();
    how.put("name", method);
    if (uri != null) {
      how.put("uri", uri);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("method", how);
    if (allStores) {
      document.put("all_stores", true);
    } else if (!stores.isEmpty()) {
      document.put("stores", stores);
    }
    if (!mustSucceed) {
      document.put("all_stores_must_succeed", false);
    }
    return document;
  }
}
