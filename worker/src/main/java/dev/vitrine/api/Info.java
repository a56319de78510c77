package dev.vitrine.api;

import dev.vitrine.http.Answer;
import dev.vitrine.http.Json;
import dev.vitrine.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this installation has: its stores, and its ways to import into an existing image: none. */
final class Info {

  private final byte[] stores;

  /**
   * @param stores the names of all
   * @param defaultStore the one that uploads go to
   */
  Info(List<String> stores, String defaultStore) {
    List<Map<String, String>> documents =
        stores.stream().sorted().map(name -> document(name, name.equals(defaultStore))).toList();
    this.stores = Json.write(Map.of("stores", documents));
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v2/info/stores", call -> Answer.json(200, stores)),
        Route.of("GET", "/v2/info/import", call -> Answer.json(200, importMethods())));
  }

  /** The openstack client takes any text as {@code default} for true. */
  private static Map<String, String> document(String name, boolean isDefault) {
    Map<String, String> document = new LinkedHashMap<>();
    document.put("id", name);
    if (isDefault) {
      document.put("default", "true");
    }
    return document;
  }

  private static byte[] importMethods() {
    return Json.write(
        Map.of(
            "import-methods",
            Map.of(
                "description", "Import methods available.", "type", "array", "value", List.of())));
  }
}
