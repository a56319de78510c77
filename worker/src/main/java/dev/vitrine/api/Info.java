package dev.vitrine.api;

import dev.vitrine.config.FileStoreSettings;
import dev.vitrine.config.HttpStoreSettings;
import dev.vitrine.config.S3StoreSettings;
import dev.vitrine.config.StoreSettings;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Json;
import dev.vitrine.http.Route;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.registry.Usage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this installation has: its stores, what of them is in use, and its ways to import into an
 * image that there is. Source: the reference's {@code api/v2/discovery.py}.
 */
final class Info {

  /** How the reference's limits say that there is none. */
  private static final long UNLIMITED = -1;

  private static final long MIB = 1 << 20;

  private final GuardedImages images;
  private final List<ImportMethod> methods;
  private final byte[] stores;
  private final byte[] storeDetails;

  /**
   * @param images asked who may see what
   * @param stores all; the first is the one that uploads go to
   * @param methods the ways to import
   */
  Info(GuardedImages images, List<StoreSettings> stores, List<ImportMethod> methods) {
    this.images = images;
    this.methods = List.copyOf(methods);
    StoreSettings first = stores.get(0);
    List<StoreSettings> byName =
        stores.stream().sorted(Comparator.comparing(StoreSettings::name)).toList();
    this.stores = document(byName.stream().map(store -> document(store, first)).toList());
    this.storeDetails = document(byName.stream().map(store -> detail(store, first)).toList());
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v2/info/stores", call -> Answer.json(200, stores)),
        Route.of("GET", "/v2/info/stores/detail", this::details),
        Route.of("GET", "/v2/info/usage", this::usage),
        Route.of("GET", "/v2/info/import", call -> Answer.json(200, importMethods())));
  }

  private static byte[] document(List<Map<String, Object>> stores) {
    return Json.write(Map.of("stores", stores));
  }

  /** The openstack client takes any text as {@code default} for true. */
  private static Map<String, Object> document(StoreSettings store, StoreSettings first) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", store.name());
    if (store.equals(first)) {
      document.put("default", "true");
    }
    if (store.readOnly()) {
      document.put("read-only", "true");
    }
    return document;
  }

  /** A store's weight says which of several is read first; the heaviest. */
  private static Map<String, Object> detail(StoreSettings store, StoreSettings first) {
    Map<String, Object> document = document(store, first);
    document.put("type", type(store));
    document.put("weight", store.weight());
    document.put("properties", properties(store));
    return document;
  }

  private static String type(StoreSettings store) {
    if (store instanceof HttpStoreSettings) {
      return "http";
    }
    return store instanceof S3StoreSettings ? "s3" : "file";
  }

  private static Map<String, Object> properties(StoreSettings store) {
    if (store instanceof FileStoreSettings file) {
      List<Map<String, Object>> directories =
          file.directories().stream().map(Info::directory).toList();
      return directories.size() == 1
          ? Map.of("data_dir", directories.get(0).get("path"))
          : Map.of("data_dirs", directories);
    }
    if (store instanceof HttpStoreSettings) {
      return Map.of();
    }
    S3StoreSettings place = (S3StoreSettings) store;
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("bucket", place.bucket());
    properties.put("prefix", place.prefix());
    if (place.endpoint() != null) {
      properties.put("endpoint", place.endpoint().toString());
    }
    return properties;
  }

  private static Map<String, Object> directory(FileStoreSettings.Directory directory) {
    return Map.of(
        "path", directory.path().toAbsolutePath().toString(), "priority", directory.priority());
  }

  private Answer details(Call call) {
    images.requireStoreDetails(call.requester());
    return Answer.json(200, storeDetails);
  }

  /** What is on its way counts with what was reserved for it; sizes in MiB, as the reference's. */
  private Answer usage(Call call) {
    Usage usage = images.usage(call.requester());
    Map<String, Object> used = new LinkedHashMap<>();
    used.put("image_size_total", quota(usage.bytes() / MIB, usage.byteLimit(), MIB));
    used.put("image_stage_total", quota(usage.staged() / MIB, 0, MIB));
    used.put("image_count_total", quota(usage.images(), usage.imageLimit(), 1));
    used.put("image_count_uploading", quota(usage.uploading(), 0, 1));
    return Answer.json(200, Json.write(Map.of("usage", used)));
  }

  private static Map<String, Long> quota(long used, long limit, long unit) {
    return Map.of("usage", used, "limit", limit == 0 ? UNLIMITED : limit / unit);
  }

  private byte[] importMethods() {
    return Json.write(
        Map.of(
            "import-methods",
            Map.of(
                "description",
                "Import methods available.",
                "type",
                "array",
                "value",
                methods.stream().map(ImportMethod::wireName).toList())));
  }
}
