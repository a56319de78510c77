package dev.vitrine.registry.sql;

import dev.vitrine.access.Deactivation;
import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Finding;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.database.Database;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.Location;
import dev.vitrine.image.Member;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.listing.TaskQuery;
import dev.vitrine.registry.BacklogRow;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.IdempotencyKey;
import dev.vitrine.registry.IdempotencyKey.Claim;
import dev.vitrine.registry.InstallationRecord;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.SourceQueries;
import dev.vitrine.registry.Usage;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The registry on a relational database. */
final class JdbiRegistry implements Registry {

  private final Database database;
  private final Duration keyTimeToLive;
  private final Limits limits;
  private final ImageChanges images;
  private final MetadataChanges metadata;
  private final TaskChanges tasks;
  private final LocationChanges locations;
  private final MemberChanges sharing;
  private final Housekeeping housekeeping;
  private final InstallationChanges installations;

  JdbiRegistry(Database database, RegistryConfig config) {
    this.limits = config.limits();
    Quota quota = new Quota(database, limits);
    this.database = database;
    this.keyTimeToLive = config.keyTimeToLive();
    this.images = new ImageChanges(database, limits, quota);
    this.metadata = new MetadataChanges(database, limits, quota);
    this.tasks = new TaskChanges(database, config.taskTimeToLive());
    this.locations = new LocationChanges(database, limits);
    this.sharing = new MemberChanges(database, limits);
    this.housekeeping = new Housekeeping(database, config.imageRetention());
    this.installations = new InstallationChanges(database);
  }

  @Override
  public Image createImage(Operation operation, NewImage image) {
    return images.create(operation, image);
  }

  @Override
  public Claim createImage(Operation operation, NewImage image, IdempotencyKey key) {
    return database.write(
        handle -> {
          Claim claim = claim(handle, key, image.id());
          if (claim.isNew()) {
            images.create(handle, operation, image);
          }
          return claim;
        });
  }

  @Override
  public Claim claim(IdempotencyKey key, UUID subject) {
    return database.write(handle -> claim(handle, key, subject));
  }

  private Claim claim(Handle handle, IdempotencyKey key, UUID subject) {
    return new KeysTable(handle).claim(key, subject, database.now(), keyTimeToLive);
  }

  @Override
  public Image addLocation(Operation operation, UUID imageId, String url) {
    return images.addLocation(operation, imageId, url);
  }

  @Override
  public Location beginUpload(
      Operation operation,
      UUID imageId,
      FailurePolicy policy,
      String store,
      @Nullable Long declaredSize) {
    return images.beginUpload(operation, imageId, policy, store, declaredSize);
  }

  @Override
  public void reserveBytes(UUID imageId, UUID locationId, long bytes) {
    images.reserveBytes(imageId, locationId, bytes);
  }

  @Override
  public void recordMeasured(UUID imageId, UUID locationId, ImageData data) {
    images.recordMeasured(imageId, locationId, data);
  }

  @Override
  public Image completeUpload(Operation operation, UUID imageId, UUID locationId, ImageData data) {
    return images.completeUpload(operation, imageId, locationId, data);
  }

  @Override
  public Image failUpload(Operation operation, UUID imageId, FailurePolicy policy) {
    return images.failUpload(operation, imageId, policy, null);
  }

  @Override
  public Image failUpload(
      Operation operation, UUID imageId, FailurePolicy policy, UUID locationId) {
    return images.failUpload(operation, imageId, policy, locationId);
  }

  @Override
  public ImageUploads uploads(UUID imageId) {
    return database.read(handle -> new ImagesTable(handle).uploads(imageId));
  }

  @Override
  public Image deleteImage(Operation operation, UUID imageId, Duration delay) {
    return images.delete(operation, imageId, delay);
  }

  @Override
  public Image completeScrub(Operation operation, UUID imageId) {
    return images.completeScrub(operation, imageId);
  }

  @Override
  public Image deactivate(Operation operation, UUID imageId, Requester by) {
    return images.deactivate(operation, imageId, Deactivation.by(by));
  }

  @Override
  public Image reactivate(Operation operation, UUID imageId, BiConsumer<Image, Deactivation> rule) {
    return images.reactivate(operation, imageId, rule);
  }

  @Override
  public Image changeImage(UUID imageId, Function<Image, ImageMetadata> change) {
    return metadata.change(imageId, change);
  }

  @Override
  public Optional<Image> findImage(UUID imageId) {
    return database.read(handle -> new ImagesTable(handle).find(imageId));
  }

  @Override
  public List<Image> listImages(ImageQuery query, Set<Relation> seen) {
    return database.read(handle -> new ImageListing(handle).page(query, seen));
  }

  @Override
  public Usage usage(String project) {
    return database.read(handle -> new UsageTable(handle).of(project, limits));
  }

  @Override
  public List<Location> locations(UUID imageId) {
    return database.read(handle -> new LocationsTable(handle).ofImage(imageId));
  }

  @Override
  public List<Location> locationsOf(Collection<UUID> imageIds) {
    return imageIds.isEmpty()
        ? List.of()
        : database.read(handle -> new LocationsTable(handle).ofImages(imageIds));
  }

  @Override
  public Optional<Location> findLocation(UUID locationId) {
    return database.read(handle -> new LocationsTable(handle).find(locationId));
  }

  @Override
  public Location addFurtherLocation(Operation operation, UUID imageId, String url) {
    return locations.add(operation, imageId, url);
  }

  @Override
  public void removeLocation(UUID imageId, UUID locationId) {
    locations.remove(imageId, locationId);
  }

  @Override
  public void forgetLocation(UUID locationId) {
    database.write(
        handle -> {
          new LocationsTable(handle).delete(locationId);
          return locationId;
        });
  }

  @Override
  public List<HistoryEntry> history(UUID subject) {
    return database.read(handle -> new HistoryTable(handle).of(subject));
  }

  @Override
  public List<HistoryEntry> imageHistory(UUID imageId) {
    return database.read(handle -> new HistoryTable(handle).of(HistorySubject.IMAGE, imageId));
  }

  @Override
  public Member addMember(UUID imageId, String member) {
    return sharing.add(imageId, member);
  }

  @Override
  public Member setMemberStatus(UUID imageId, String member, MemberStatus status) {
    return sharing.setStatus(imageId, member, status);
  }

  @Override
  public void removeMember(UUID imageId, String member) {
    sharing.remove(imageId, member);
  }

  @Override
  public List<Member> members(UUID imageId) {
    return database.read(handle -> new MembersTable(handle).ofImage(imageId));
  }

  @Override
  public Optional<Member> findMember(UUID imageId, String member) {
    return database.read(handle -> new MembersTable(handle).find(imageId, member));
  }

  @Override
  public boolean isMember(UUID imageId, String project) {
    return findMember(imageId, project).isPresent();
  }

  @Override
  public void requireAcceptable(TaskInput input) {
    limits.requireInput(input);
  }

  @Override
  public Task createTask(Operation operation, UUID taskId, TaskInput input, Requester by) {
    limits.requireInput(input);
    return tasks.create(operation, taskId, input, by);
  }

  @Override
  public Task retryTask(Operation operation, UUID taskId, UUID failedTaskId, Requester by) {
    return tasks.retry(operation, taskId, failedTaskId, by);
  }

  @Override
  public Task startTask(Operation operation, UUID taskId, UUID imageId) {
    return tasks.start(operation, taskId, imageId);
  }

  @Override
  public void recordExported(UUID taskId) {
    tasks.recordExported(taskId);
  }

  @Override
  public Task succeedTask(Operation operation, UUID taskId, Map<String, Object> result) {
    return tasks.succeed(operation, taskId, result);
  }

  @Override
  public Task failTask(Operation operation, UUID taskId, @Nullable UUID imageId, String message) {
    return tasks.fail(operation, taskId, imageId, message);
  }

  @Override
  public Optional<Task> findTask(UUID taskId) {
    return database.read(handle -> new TasksTable(handle).find(taskId));
  }

  @Override
  public List<Task> listTasks(TaskQuery query, Set<Relation> seen) {
    return database.read(handle -> new TaskListing(handle, database.now()).page(query, seen));
  }

  @Override
  public List<Task> tasksOfImage(UUID imageId, Requester viewer, Set<Relation> seen) {
    return database.read(
        handle -> new TaskListing(handle, database.now()).ofImage(imageId, viewer, seen));
  }

  @Override
  public void recordProgress(UUID taskId, Progress progress) {
    tasks.recordProgress(taskId, progress);
  }

  @Override
  public void signStreamHost(String taskQueue) {
    database.write(
        handle -> {
          new StreamHostsTable(handle).sign(taskQueue, database.now());
          return taskQueue;
        });
  }

  @Override
  public long streamHostSigns(String taskQueue) {
    return database.read(handle -> new StreamHostsTable(handle).signs(taskQueue));
  }

  @Override
  public void removeStreamHost(String taskQueue) {
    database.write(
        handle -> {
          new StreamHostsTable(handle).remove(taskQueue, database.now());
          return taskQueue;
        });
  }

  @Override
  public List<BacklogRow> suspects(Finding.Kind kind, @Nullable ScanMark after, int limit) {
    return database.read(
        handle -> new BacklogTables(handle).page(kind, database.now(), after, limit));
  }

  @Override
  public boolean holds(BacklogRow suspect) {
    return database.read(handle -> new BacklogTables(handle).holds(suspect, database.now()));
  }

  @Override
  public int removeExpiredTasks() {
    return housekeeping.removeExpiredTasks();
  }

  @Override
  public SourceQueries sourceQueries() {
    return new SourceQueryRows(database);
  }

  @Override
  public int removeUnneededQueries() {
    return housekeeping.removeUnneededQueries();
  }

  @Override
  public int removeExpiredKeys() {
    return housekeeping.removeExpiredKeys();
  }

  @Override
  public int purgeDeletedImages() {
    return housekeeping.purgeDeletedImages();
  }

  @Override
  public InstallationRecord installation() {
    return installations.get();
  }

  @Override
  public InstallationRecord settleAt(Home home) {
    return installations.settleAt(home);
  }

  @Override
  public InstallationRecord moveTo(Home home) {
    return installations.moveTo(home);
  }

  @Override
  public InstallationRecord endFormerWork(Duration atLeast) {
    return installations.endFormerWork(atLeast);
  }

  @Override
  public void close() {
    database.close();
  }
}
