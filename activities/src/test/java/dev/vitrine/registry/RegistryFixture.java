package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.access.TaskAccess;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.guard.GuardedTasks;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.listing.TaskQuery;
import dev.vitrine.registry.sql.Limits;
import dev.vitrine.task.Task;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What the parts of the contract work with: an empty registry and ways to fill it. */
interface RegistryFixture {

  /** What {@link #narrowRegistry} allows. */
  Limits NARROW = new Limits(3, 3, 2, 2, 4096, 2000, 4, 1000, 2);

  Registry registry();

  /** Another process's view of the same database. */
  Registry secondRegistry();

  /** The same database with limits that are soon reached. */
  Registry narrowRegistry();

  AdjustableClock clock();

  /** The same database as a process finds it that starts now. */
  Registry reopened();

  /** Changes the database past the registry. */
  void execute(String statement) throws SQLException;

  default Image queued() {
    return registry().images().create(op(), Samples.image());
  }

  /** One that is {@code queued} and has formats. */
  default Image described() {
    return registry().images().create(op(), Samples.imageWithFormats());
  }

  default Image saving() {
    Image image = queued();
    registry().uploads().begin(op(), image.id(), FailurePolicy.REQUEUE, "main", null);
    return reread(image.id());
  }

  default Image active() {
    Image image = queued();
    Location location =
        registry().uploads().begin(op(), image.id(), FailurePolicy.REQUEUE, "main", null);
    registry().transferNotes().recordMeasured(image.id(), location.id(), DATA);
    return registry().uploads().complete(op(), image.id(), location.id(), DATA);
  }

  /** Data of a new image, staged in that store. */
  default Location staged(String store) {
    Location location = registry().imports().beginStage(op(), described().id(), store, null);
    registry().transferNotes().recordMeasured(location.imageId(), location.id(), DATA);
    registry().imports().completeStage(location.imageId(), location.id());
    return location;
  }

  /** Begins an import into those stores. */
  default ImportPlan begin(UUID taskId, UUID imageId, ImportMethod method, String... stores) {
    return registry()
        .imports()
        .begin(op(), taskId, imageId, new ImportOrder(method, List.of(stores), false, true));
  }

  /** A new image in that status, without the locations that would keep it from the next one. */
  default Image imageThatIs(ImageStatus status) {
    return switch (status) {
      case QUEUED -> queued();
      case SAVING -> saving();
      case UPLOADING -> reread(staged("main").imageId());
      case IMPORTING -> {
        Location staged = staged("main");
        begin(UUID.randomUUID(), staged.imageId(), ImportMethod.GLANCE_DIRECT, "main");
        yield reread(staged.imageId());
      }
      case ACTIVE -> active();
      case DEACTIVATED ->
          registry().images().deactivate(op(), active().id(), Requester.member("alice", "mars"));
      case KILLED -> registry().uploads().fail(op(), saving().id(), FailurePolicy.KILL);
      case DELETED -> registry().deletions().delete(op(), queued().id(), Duration.ZERO);
      case PENDING_DELETE -> {
        Image image = registry().deletions().delete(op(), active().id(), Samples.SCRUB_TIME);
        registry().locations().of(image.id()).forEach(l -> registry().locations().forget(l.id()));
        yield image;
      }
    };
  }

  /** One page as the query's viewer may have it. */
  default List<Image> listImages(ImageQuery query) {
    return new GuardedImages(registry(), new ImageAccess(Permissions.DEFAULT)).list(query);
  }

  /** One page as the query's viewer may have it. */
  default List<Task> listTasks(TaskQuery query) {
    return new GuardedTasks(registry().tasks(), new TaskAccess(Permissions.DEFAULT)).list(query);
  }

  default Image reread(UUID id) {
    return registry().lookup().find(id).orElseThrow();
  }
}
