package dev.vitrine.step;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ImportActivities;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.Source;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.guard.GuardedImports;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.StoreNames;
import dev.vitrine.registry.HiddenQueries;
import dev.vitrine.registry.Registry;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The steps of stages and imports: who may do it, then the registry. Safe for many threads. */
public final class ImportActivitiesImpl implements ImportActivities {

  private final Registry registry;
  private final GuardedImports imports;
  private final StoreNames stores;
  private final MetadataInjection injection;
  private final HiddenQueries queries;

  /**
   * Activities on that registry.
   *
   * @param stores those that data may be staged in and imported into
   * @param injection what imported images are given
   * @param queries asked for the parts of URLs that workflows do not carry
   */
  public ImportActivitiesImpl(
      Registry registry,
      GuardedImages images,
      StoreNames stores,
      MetadataInjection injection,
      HiddenQueries queries) {
    this.queries = queries;
    this.registry = registry;
    this.injection = injection;
    this.imports = new GuardedImports(registry.imports(), images);
    this.stores = stores;
  }

  @Override
  public Location beginStage(
      Operation operation,
      UUID imageId,
      @Nullable String store,
      Requester by,
      @Nullable Long declaredSize) {
    return carrying(
        () ->
            imports.beginStage(
                operation,
                imageId,
                stores.destination("image " + imageId, store),
                declaredSize,
                by));
  }

  @Override
  public ImageSummary completeStage(UUID imageId, UUID locationId) {
    return carrying(() -> ImageSummary.of(registry.imports().completeStage(imageId, locationId)));
  }

  @Override
  public ImageSummary failStage(Operation operation, UUID imageId, @Nullable UUID locationId) {
    return carrying(
        () -> ImageSummary.of(registry.imports().failStage(operation, imageId, locationId)));
  }

  @Override
  public ImportPlan beginImport(
      Operation operation, UUID taskId, UUID imageId, ImportOrder order, Requester by) {
    return carrying(
        () -> {
          // Data that stays where it is is given to no store, though its location names one.
          if (!order.method().isLocation()) {
            order.stores().forEach(store -> stores.requireTaking("image " + imageId, store));
          }
          return imports.begin(operation, taskId, imageId, complete(order), by);
        });
  }

  /** With the query string of its URL, which nobody else gets to see. */
  private ImportOrder complete(ImportOrder order) {
    Source.Url at = order.at();
    return at == null || at.query() == null
        ? order
        : order.at(at.url() + "?" + queries.reveal(at.url(), at.query()));
  }

  @Override
  public ImageSummary succeedImport(
      Operation operation, UUID taskId, UUID imageId, List<UUID> stored, List<String> failed) {
    return carrying(
        () ->
            ImageSummary.of(
                registry
                    .imports()
                    .succeed(
                        operation, taskId, imageId, stored, failed, injection.of(operation.by()))));
  }

  @Override
  public List<Location> failImport(
      Operation operation, UUID taskId, UUID imageId, List<String> failed) {
    return carrying(() -> registry.imports().fail(operation, taskId, imageId, failed));
  }
}
