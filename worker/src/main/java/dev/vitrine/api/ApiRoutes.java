package dev.vitrine.api;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.TaskAccess;
import dev.vitrine.config.ApiSettings;
import dev.vitrine.config.StoresSettings;
import dev.vitrine.download.Downloads;
import dev.vitrine.guard.GuardedAudit;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.guard.GuardedImports;
import dev.vitrine.guard.GuardedTasks;
import dev.vitrine.guard.GuardedWebhooks;
import dev.vitrine.http.Route;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.StoreNames;
import dev.vitrine.process.Processes;
import dev.vitrine.reconciliation.ReconciliationPreview;
import dev.vitrine.registry.Registry;
import dev.vitrine.thread.LogKey;
import dev.vitrine.web.WebRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The API as a whole: every route, and what answers it. */
public final class ApiRoutes {

  /** What the ids in paths are of, for the log. */
  public static final Map<String, LogKey> NAMED =
      Map.of("/v2/images/{id}", LogKey.IMAGE, "/v2/tasks/{id}", LogKey.TASK);

  private ApiRoutes() {}

  /**
   * All routes.
   *
   * @param permissions who may do what
   * @param atOnce bytes up to which an upload is done within a workflow task of this process; 0
   *     where it runs none
   * @param importMethods the ways to import
   * @param web which URLs imports may read
   * @param regions whose images may be imported
   * @param ready whether a balancer may send requests here
   */
  public static List<Route> routes(
      Registry registry,
      ReconciliationPreview reconciliation,
      Permissions permissions,
      Processes processes,
      Streams streams,
      Downloads downloads,
      StoresSettings storeSettings,
      ApiSettings settings,
      long atOnce,
      List<ImportMethod> importMethods,
      WebRules web,
      Set<String> regions,
      BooleanSupplier ready) {
    ImageAccess access = new ImageAccess(permissions);
    TaskAccess taskAccess = new TaskAccess(permissions);
    GuardedImages images = new GuardedImages(registry, access);
    ImageDocuments documents =
        new ImageDocuments(registry.locations(), access, settings.showLocations());
    StoreNames stores = storeSettings.names();
    String storeIds = String.join(",", stores.all());
    ImageImports imports =
        new ImageImports(
            new GuardedImports(registry.imports(), images),
            new GuardedTasks(registry.tasks(), taskAccess),
            registry.locations(),
            processes,
            stores,
            importMethods,
            web,
            regions);
    ImageLocations locations =
        new ImageLocations(
            images,
            registry.locations(),
            registry.locationChanges(),
            stores.all(),
            imports,
            settings.showLocations(),
            settings.hashLocations());
    Tasks tasks =
        new Tasks(
            taskAccess,
            new GuardedTasks(registry.tasks(), taskAccess),
            images,
            processes,
            new IdempotencyKeys("task"),
            settings.cancelTasks());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new Discovery(ready).routes());
    routes.addAll(new Description().routes());
    routes.addAll(new Schemas().routes());
    routes.addAll(new Info(images, storeSettings.defaultFirst(), importMethods).routes());
    routes.addAll(
        new Images(
                images,
                documents,
                processes,
                locations,
                settings.scrubTime(),
                headers(storeIds, importMethods))
            .routes());
    routes.addAll(
        new ImageUpload(
                images,
                processes,
                streams,
                stores,
                settings.uploads(),
                atOnce,
                importMethods.contains(ImportMethod.GLANCE_DIRECT))
            .routes());
    routes.addAll(imports.routes());
    routes.addAll(new ImageDownload(images, downloads, settings.downloads()).routes());
    routes.addAll(new ImageActions(images).routes());
    routes.addAll(new ImageTags(images).routes());
    routes.addAll(new ImageMembers(images).routes());
    routes.addAll(locations.routes());
    routes.addAll(new ImageHistory(images).routes());
    GuardedAudit audit = new GuardedAudit(registry.history(), registry.events(), access);
    routes.addAll(new Audit(audit).routes());
    routes.addAll(
        new Events(audit, new FairLimit(settings.eventStreams(), settings.eventStreamsPerCaller()))
            .routes());
    routes.addAll(new Webhooks(new GuardedWebhooks(registry.deliveries(), access)).routes());
    routes.addAll(new Reconciliation(access, reconciliation).routes());
    routes.addAll(tasks.routes());
    routes.addAll(
        new ProgressReports(
                images,
                processes,
                tasks,
                new FairLimit(settings.eventStreams(), settings.eventStreamsPerCaller()))
            .routes());
    return routes;
  }

  /** What a new image's answer tells of what can be done with it. */
  private static Map<String, String> headers(String storeIds, List<ImportMethod> methods) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("OpenStack-image-store-ids", storeIds);
    if (!methods.isEmpty()) {
      headers.put(
          "OpenStack-image-import-methods",
          methods.stream().map(ImportMethod::wireName).collect(Collectors.joining(",")));
    }
    return headers;
  }
}
