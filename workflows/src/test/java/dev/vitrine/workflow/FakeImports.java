package dev.vitrine.workflow;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ImportActivities;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stages and imports in the same registry: what is measured is not asked. */
public final class FakeImports implements ImportActivities {

  private final FakeRegistry registry;

  /** The plans of the imports that go on, by their task. */
  private final Map<UUID, ImportPlan> plans = new LinkedHashMap<>();

  private final List<UUID> succeeded = new ArrayList<>();

  /** The stores that were named as failed, last. */
  public volatile List<String> failedStores = List.of();

  FakeImports(FakeRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Location beginStage(
      Operation operation,
      UUID imageId,
      @Nullable String store,
      Requester by,
      @Nullable Long declaredSize) {
    return once(
        operation,
        () -> {
          registry.change(imageId, ImageEvent.BEGIN_STAGE, null, null);
          return registry.addLocation(
              imageId, store == null ? "fake" : store, imageId + "/data", LocationStatus.PENDING);
        });
  }

  @Override
  public ImageSummary completeStage(UUID imageId, UUID locationId) {
    synchronized (registry) {
      return ImageSummary.of(registry.require(imageId));
    }
  }

  @Override
  public ImageSummary failStage(Operation operation, UUID imageId, @Nullable UUID locationId) {
    return once(
        operation,
        () -> {
          Image image = registry.change(imageId, ImageEvent.STAGE_FAILED, null, null);
          registry.mark(imageId, LocationStatus.PENDING_DELETE);
          return ImageSummary.of(image);
        });
  }

  @Override
  public ImportPlan beginImport(
      Operation operation, UUID taskId, UUID imageId, ImportOrder order, Requester by) {
    return now(
        () -> {
          if (succeeded.contains(taskId)) {
            return ImportPlan.over(true);
          }
          ImportPlan before = plans.get(taskId);
          return before == null ? begin(taskId, imageId, order) : before;
        });
  }

  private ImportPlan begin(UUID taskId, UUID imageId, ImportOrder order) {
    Location source = registry.locations(imageId).stream().findFirst().orElse(null);
    if (order.method().makesActive()) {
      registry.change(imageId, ImageEvent.BEGIN_IMPORT, null, null);
    } else if (registry.status(imageId) != ImageStatus.ACTIVE) {
      throw new Conflict("image %s is not active".formatted(imageId));
    }
    List<Location> targets = new ArrayList<>();
    for (String store : order.stores()) {
      boolean staged = order.method() == ImportMethod.GLANCE_DIRECT && source != null;
      targets.add(
          staged && source.store().equals(store)
              ? source
              : registry.addLocation(
                  imageId, store, imageId + "/" + store, LocationStatus.PENDING));
    }
    ImportPlan plan = new ImportPlan(source, targets, ExpectedData.NONE, null);
    plans.put(taskId, plan);
    return plan;
  }

  @Override
  public ImageSummary succeedImport(
      Operation operation, UUID taskId, UUID imageId, List<UUID> stored, List<String> failed) {
    return now(
        () -> {
          Image image = registry.require(imageId);
          if (succeeded.contains(taskId)) {
            return ImageSummary.of(image);
          }
          requireGoesOn(taskId);
          if (image.status() != ImageStatus.ACTIVE) {
            image = registry.change(imageId, ImageEvent.IMPORT_SUCCEEDED, FakeTransfers.DATA, null);
          }
          registry
              .locations(imageId)
              .forEach(
                  each -> {
                    if (stored.contains(each.id())) {
                      registry.mark(each, LocationStatus.ACTIVE);
                    } else if (each.status() == LocationStatus.PENDING) {
                      registry.mark(each, LocationStatus.PENDING_DELETE);
                    }
                  });
          plans.remove(taskId);
          succeeded.add(taskId);
          failedStores = failed;
          return ImageSummary.of(image);
        });
  }

  private void requireGoesOn(UUID taskId) {
    if (!plans.containsKey(taskId)) {
      throw new Conflict("the import of task %s is over".formatted(taskId));
    }
  }

  @Override
  public List<Location> failImport(
      Operation operation, UUID taskId, UUID imageId, List<String> failed) {
    return now(
        () -> {
          if (plans.remove(taskId) != null) {
            if (registry.status(imageId) == ImageStatus.IMPORTING) {
              registry.change(imageId, ImageEvent.IMPORT_FAILED, null, null);
            }
            registry.locations(imageId).stream()
                .filter(each -> each.status() == LocationStatus.PENDING)
                .forEach(each -> registry.mark(each, LocationStatus.PENDING_DELETE));
            failedStores = failed;
          }
          return registry.locations(imageId).stream()
              .filter(each -> each.status() == LocationStatus.PENDING_DELETE)
              .toList();
        });
  }

  private <T> T once(Operation operation, Supplier<T> change) {
    synchronized (registry) {
      return registry.database.once(operation, change);
    }
  }

  private <T> T now(Supplier<T> change) {
    synchronized (registry) {
      try {
        return change.get();
      } catch (VitrineException e) {
        throw Failures.toTemporal(e);
      }
    }
  }
}
