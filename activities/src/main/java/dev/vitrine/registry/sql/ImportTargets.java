package dev.vitrine.registry.sql;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Where an import finds its image's data, and where it is to bring it. */
record ImportTargets(Handle handle, UUID taskId, Image image, ImportOrder order) {

  /**
   * Requires that the image is as the method needs it.
   *
   * @throws Conflict if it is not
   * @throws Invalid if a store was named that has the data already
   */
  void requireImportable() {
    requireStatus();
    ImportMethod method = order.method();
    boolean describes = method == ImportMethod.GLANCE_DOWNLOAD;
    if (method.makesActive()
        && !describes
        && (image.diskFormat() == null || image.containerFormat() == null)) {
      throw new Conflict(
          "image %s: set disk_format and container_format before its import".formatted(image.id()));
    }
    if (method == ImportMethod.GLANCE_DIRECT && staged().isEmpty()) {
      throw new Conflict(
          "image %s: the stage of its data has not ended; wait for it".formatted(image.id()));
    }
    if (order.allStores()) {
      return;
    }
    List<String> present = storesOf(active());
    order.stores().stream()
        .filter(present::contains)
        .findFirst()
        .ifPresent(
            store -> {
              throw new Invalid(
                  "image %s: store '%s' has its data already; leave it out"
                      .formatted(image.id(), store));
            });
  }

  private void requireStatus() {
    ImageStatus wanted =
        switch (order.method()) {
          case GLANCE_DIRECT -> ImageStatus.UPLOADING;
          case WEB_DOWNLOAD, GLANCE_DOWNLOAD, LOCATION, LOCATION_DIGESTS -> ImageStatus.QUEUED;
          case COPY_IMAGE -> ImageStatus.ACTIVE;
        };
    if (image.status() != wanted) {
      throw new Conflict(
          "image %s is %s: import by %s needs one that is %s"
              .formatted(image.id(), image.status(), order.method(), wanted));
    }
  }

  /** The stores it is to bring data to, or has staged it in. */
  List<String> stores() {
    List<String> present = storesOf(active());
    return order.stores().stream().filter(store -> !present.contains(store)).toList();
  }

  /** A location in each of them that has none. */
  void insert(Instant now) {
    if (order.method().isLocation()) {
      new LocationsTable(handle)
          .insertElsewhere(
              image.id(),
              url(),
              order.method().makesActive() ? LocationStatus.PENDING : LocationStatus.ACTIVE,
              operation(Location.EXTERNAL),
              now);
      return;
    }
    Optional<Location> staged = staged();
    for (String store : stores()) {
      if (staged.isEmpty() || !staged.get().store().equals(store)) {
        new LocationsTable(handle).insertPending(image.id(), store, operation(store), now);
      }
    }
  }

  /** What there is to do still, once the locations are there. */
  ImportPlan plan() {
    Optional<Location> staged = staged();
    List<Location> targets = new ArrayList<>();
    for (String store : order.stores()) {
      Optional<Location> own =
          new LocationsTable(handle)
              .findByOperation(operation(store))
              .or(() -> staged.filter(each -> each.store().equals(store)));
      own.filter(this::isUnderWay).ifPresent(targets::add);
    }
    return new ImportPlan(source(), targets, expected(), null);
  }

  private boolean isUnderWay(Location own) {
    boolean activeAlready = order.method() == ImportMethod.LOCATION_DIGESTS;
    return own.status() == (activeAlready ? LocationStatus.ACTIVE : LocationStatus.PENDING);
  }

  /** Where data is that stays there. */
  private String url() {
    return requireNonNull(order.at(), "a location without its URL").url();
  }

  private @Nullable Location source() {
    return switch (order.method()) {
      case GLANCE_DIRECT -> staged().orElse(null);
      case WEB_DOWNLOAD, GLANCE_DOWNLOAD, LOCATION, LOCATION_DIGESTS -> null;
      case COPY_IMAGE ->
          active().stream()
              .filter(each -> !each.store().equals(Location.EXTERNAL))
              .findFirst()
              .or(() -> active().stream().findFirst())
              .orElse(null);
    };
  }

  private ExpectedData expected() {
    return switch (order.method()) {
      case GLANCE_DIRECT ->
          staged().flatMap(this::data).map(ExpectedData::exactly).orElse(ExpectedData.NONE);
      case WEB_DOWNLOAD, GLANCE_DOWNLOAD -> ExpectedData.NONE;
      case LOCATION, LOCATION_DIGESTS -> requireNonNullElse(order.expected(), ExpectedData.NONE);
      case COPY_IMAGE -> new ExpectedData(image.size(), image.checksum(), image.osHashValue());
    };
  }

  /** Where the image's data is staged, complete and measured. */
  Optional<Location> staged() {
    if (order.method() != ImportMethod.GLANCE_DIRECT) {
      return Optional.empty();
    }
    List<UUID> own =
        order.stores().stream()
            .flatMap(store -> new LocationsTable(handle).findByOperation(operation(store)).stream())
            .map(Location::id)
            .toList();
    return new LocationsTable(handle)
        .ofImage(image.id()).stream()
            .filter(each -> each.status() == LocationStatus.PENDING && !own.contains(each.id()))
            .filter(each -> data(each).isPresent())
            .findFirst();
  }

  long size(Location location) {
    return data(location).map(ImageData::size).orElse(0L);
  }

  private Optional<ImageData> data(Location location) {
    return new MeasuredDataTable(handle).find(location.id());
  }

  private List<Location> active() {
    return new LocationsTable(handle)
        .ofImage(image.id()).stream()
            .filter(each -> each.status() == LocationStatus.ACTIVE)
            .toList();
  }

  private static List<String> storesOf(List<Location> locations) {
    return locations.stream().map(Location::store).toList();
  }

  /** What makes a location of this task's, whichever run of its workflow asks. */
  private String operation(String store) {
    return "import/" + taskId + "/" + store;
  }
}
