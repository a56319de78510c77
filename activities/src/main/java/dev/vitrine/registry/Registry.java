package dev.vitrine.registry;

import dev.vitrine.access.Deactivation;
import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Finding;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.ScanMark;
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
import dev.vitrine.registry.IdempotencyKey.Claim;
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
import org.jspecify.annotations.Nullable;

/**
 * The truth at rest. Safe for use by many threads and many processes.
 *
 * <p>Every change of a status is a compare-and-set that writes one row of history in the same
 * transaction, and is idempotent by {@link Operation#id}: the second call changes nothing and
 * returns the row as it is now. An event without an edge from the present status is a {@code
 * Conflict} in the words of {@link dev.vitrine.lifecycle.Lifecycle#explain}; a missing row is a
 * {@code NotFound}; a database that does not answer is {@code Unavailable}. After any error nothing
 * has changed. Who may do it is the caller's business.
 */
public interface Registry extends AutoCloseable {

  /** As many as a page of any list has at most. */
  int MOST_TASKS_OF_IMAGE = 1000;

  /**
   * Edge 1, or 2 if the size is declared to be zero. {@code Conflict} if the id was ever used;
   * {@code TooLarge} beyond a limit of the image, or of the project's images.
   */
  Image createImage(Operation operation, NewImage image);

  /**
   * The same for a request with an idempotency key, claimed in the same transaction: a repeat
   * creates nothing, and has the id of the first request's image. {@code KeyReused} if the key was
   * given with another request.
   */
  Claim createImage(Operation operation, NewImage image, IdempotencyKey key);

  /**
   * Makes the key stand for a subject that is about to be created by other means, as a task is by
   * its workflow: whoever claims it goes on with the claim's id, so that a repeat also carries on
   * what the first request did not get to. {@code KeyReused} as above.
   */
  Claim claim(IdempotencyKey key, UUID subject);

  /** Edge 3: an {@code active} location of store {@link Location#EXTERNAL} with the URL as key. */
  Image addLocation(Operation operation, UUID imageId, String url);

  /**
   * Edge 4, with a new {@code pending} location in that store under the key {@code <image
   * id>/<location id>}, and counted as one of its {@link #uploads}. A repeat returns the location
   * of the first call, or is a {@code Conflict} once that upload is over. {@code TooLarge} if the
   * project's quota has no room for the declared size, which is taken at once.
   *
   * @param declaredSize bytes; null if not known, for {@link #reserveBytes} to take them
   */
  Location beginUpload(
      Operation operation,
      UUID imageId,
      FailurePolicy policy,
      String store,
      @Nullable Long declaredSize);

  /**
   * Takes so many bytes for the upload to that location from the project's quota, if it has fewer;
   * to be called before they are written. They are given back when the upload fails or the image is
   * deleted, and are the image's size once it is complete. Without a quota, does nothing at all.
   *
   * <p>{@code TooLarge} if there is no room; {@code Conflict} if the upload is over.
   */
  void reserveBytes(UUID imageId, UUID locationId, long bytes);

  /**
   * Notes what was measured of the data that was published at a {@code pending} location. Only who
   * wrote it there may say so; what is noted is what {@link #completeUpload} believes. {@code
   * Conflict} if the upload is over.
   */
  void recordMeasured(UUID imageId, UUID locationId, ImageData data);

  /**
   * Edge 6: size and digests recorded, the location {@code active}, in one step. {@code Conflict}
   * if nobody has measured the data: then there may be none. While processes of a release that
   * measured nothing may be at work, what the workflow was told is believed.
   *
   * @param data what the workflow was told; what was {@linkplain #recordMeasured measured} counts
   */
  Image completeUpload(Operation operation, UUID imageId, UUID locationId, ImageData data);

  /** Edge 7 or 8: size and digests cleared, every location left {@code pending_delete}. */
  Image failUpload(Operation operation, UUID imageId, FailurePolicy policy);

  /**
   * The same for one upload: {@code Conflict} if it isn't the one that holds the image, which a
   * workflow that is run again may not know.
   *
   * @param locationId that {@link #beginUpload} gave to that upload
   */
  Image failUpload(Operation operation, UUID imageId, FailurePolicy policy, UUID locationId);

  /** How many uploads of the image have begun, and which workflow is the last one. */
  ImageUploads uploads(UUID imageId);

  /**
   * Edge 11 or 15 if there is a delay and the image is {@code active} or {@code deactivated}, else
   * edge 5, 9, 10, 14 or 16. Every location becomes {@code pending_delete}. {@code Forbidden} if
   * the image is protected.
   *
   * @param delay the scrub time, kept as {@link Image#scrubAt}; zero for an immediate deletion
   */
  Image deleteImage(Operation operation, UUID imageId, Duration delay);

  /** Edge 17; {@code Conflict} while a location is left. */
  Image completeScrub(Operation operation, UUID imageId);

  /**
   * Edge 12.
   *
   * @param by who is noted for as long as the image is {@code deactivated}
   */
  Image deactivate(Operation operation, UUID imageId, Requester by);

  /**
   * Edge 13.
   *
   * @param rule is given a {@code deactivated} image and who deactivated it, in the transaction
   *     that reactivates it, and may refuse by throwing
   */
  Image reactivate(Operation operation, UUID imageId, BiConsumer<Image, Deactivation> rule);

  /**
   * Changes what isn't status or data. The function gets the image as it is now, may refuse by
   * throwing, and returns the metadata as it is to be; it is asked again if another change came
   * first, and must not call the registry. No history is written; {@code updated_at} and the
   * version change, unless nothing differs.
   *
   * <p>{@code NotFound} if the image is deleted; {@code Forbidden} if a format differs and the
   * image isn't {@code queued}; {@code TooLarge} beyond a limit.
   */
  Image changeImage(UUID imageId, Function<Image, ImageMetadata> change);

  /** The image, whatever its status. */
  Optional<Image> findImage(UUID imageId);

  /**
   * One page, in its order; shorter than the limit only if it is the last one. {@code Invalid} if
   * there is no image that is the marker and that the viewer may see.
   *
   * @param seen what an image has to be to the viewer
   */
  List<Image> listImages(ImageQuery query, Set<Relation> seen);

  /** What the project has, and may have. */
  Usage usage(String project);

  /** In the order of their creation. */
  List<Location> locations(UUID imageId);

  /** Of several images; those of one image in the order of their creation. */
  List<Location> locationsOf(Collection<UUID> imageIds);

  Optional<Location> findLocation(UUID locationId);

  /**
   * Adds a place where an {@code active} image's data lies as well; a repeat returns the location
   * of the first call. The status stays. {@code Conflict} if the image isn't {@code active} or has
   * a location there; {@code TooLarge} beyond the limit of locations.
   *
   * @param url as {@link dev.vitrine.image.ExternalUrl#require} wants it
   */
  Location addFurtherLocation(Operation operation, UUID imageId, String url);

  /**
   * Removes one of several {@code active} locations; {@code Forbidden} for the last one, {@code
   * Conflict} if the image isn't {@code active}. Data elsewhere is no longer known of; data in a
   * store becomes {@code pending_delete}, one of {@link #suspects}.
   */
  void removeLocation(UUID imageId, UUID locationId);

  /** Removes the row of a location whose data is gone. An unknown one is gone already. */
  void forgetLocation(UUID locationId);

  /** Of an image or a task, oldest first; of both where they have the same id. */
  List<HistoryEntry> history(UUID subject);

  /** Of an image alone, oldest first: who may see it may know nothing of a task of the same id. */
  List<HistoryEntry> imageHistory(UUID imageId);

  /**
   * {@code Forbidden} if the image isn't {@code shared}; {@code Conflict} if it is a member
   * already; {@code TooLarge} beyond the limit of members.
   */
  Member addMember(UUID imageId, String member);

  Member setMemberStatus(UUID imageId, String member, MemberStatus status);

  void removeMember(UUID imageId, String member);

  List<Member> members(UUID imageId);

  Optional<Member> findMember(UUID imageId, String member);

  /** Whether the project is a member of the image, whatever it made of that. */
  boolean isMember(UUID imageId, String project);

  /** {@code TooLarge} if no task may have that input; for who has to know before it is started. */
  void requireAcceptable(TaskInput input);

  /**
   * Edge 1. Whoever asks again for the same task, by whatever operation, gets it as it is now;
   * {@code Conflict} if the id was ever used for another; {@code TooLarge} as {@link
   * #requireAcceptable}.
   */
  Task createTask(Operation operation, UUID taskId, TaskInput input, Requester by);

  /**
   * The same for a task that does again what a failed one did: it has that one's input, and names
   * it. {@code NotFound} if there is no such task, {@code Conflict} if it has not failed.
   */
  Task retryTask(Operation operation, UUID taskId, UUID failedTaskId, Requester by);

  /** Edge 2; a task that is {@code processing} with that image already stays as it is. */
  Task startTask(Operation operation, UUID taskId, UUID imageId);

  /**
   * Notes that the data of an export is published where the task wanted it. Only who wrote it there
   * may say so. Without effect on a task that is not {@code processing}.
   */
  void recordExported(UUID taskId);

  /**
   * Edge 4; sets when it expires. {@code Conflict} if nothing proves it, whoever says so: nobody
   * has {@linkplain #recordExported published} an export, or the image that the task makes has no
   * data.
   */
  Task succeedTask(Operation operation, UUID taskId, Map<String, Object> result);

  /** Edge 3 or 5; sets when it expires. */
  Task failTask(Operation operation, UUID taskId, @Nullable UUID imageId, String message);

  Optional<Task> findTask(UUID taskId);

  /**
   * One page, in its order; shorter than the limit only if it is the last one. {@code Invalid} if
   * there is no task that is the marker and that the viewer may see.
   *
   * @param seen what a task has to be to the viewer
   */
  List<Task> listTasks(TaskQuery query, Set<Relation> seen);

  /**
   * The tasks that are about an image and have not expired, newest first, and no more than {@value
   * #MOST_TASKS_OF_IMAGE} of them.
   *
   * @param seen what a task has to be to the viewer
   */
  List<Task> tasksOfImage(UUID imageId, Requester viewer, Set<Relation> seen);

  /**
   * Notes how far a {@code processing} task is, and as its message what it waits for; without
   * effect on any other.
   */
  void recordProgress(UUID taskId, Progress progress);

  /** A process that holds streams lives; told apart by the task queue of its own. */
  void signStreamHost(String taskQueue);

  /** How often it has said so; who asks twice learns whether it lives. 0 if it never has. */
  long streamHostSigns(String taskQueue);

  /** It holds no more streams. */
  void removeStreamHost(String taskQueue);

  /** The query strings of sources' URLs. */
  SourceQueries sourceQueries();

  /**
   * Rows in transit, of one kind and oldest first: images that are {@code saving}; tasks that are
   * {@code pending} or {@code processing}; images that are {@code pending_delete} and whose scrub
   * time has come, or {@code deleted} with a location left; locations that are {@code
   * pending_delete} though their image isn't deleted.
   *
   * @param after begins behind it; null for the beginning
   */
  List<BacklogRow> suspects(Finding.Kind kind, @Nullable ScanMark after, int limit);

  /** Whether a row in transit is still as it was read. */
  boolean holds(BacklogRow suspect);

  /** Removes finished tasks that have expired, with their history; returns how many. */
  int removeExpiredTasks();

  /** Removes idempotency keys that have expired; returns how many. */
  int removeExpiredKeys();

  /** Removes query strings of sources that no task needs; returns how many. */
  int removeUnneededQueries();

  /**
   * Purges images that have been {@code deleted}, with no location left, for the retention time:
   * the row goes with everything that belongs to it, the id stays reserved. Returns how many.
   */
  int purgeDeletedImages();

  /** Which installation this is, and where its work runs. */
  InstallationRecord installation();

  /**
   * Records where the installation's work runs, unless a place is recorded; returns what is
   * recorded now.
   */
  InstallationRecord settleAt(Home home);

  /**
   * Records another place. What the old one knows of is lost to this registry from now on: the next
   * reconciliation settles it.
   */
  InstallationRecord moveTo(Home home);

  /**
   * Notes that no work is left on the task queues of former releases, if none can be: nothing is
   * unfinished that began while such a release may still have run.
   *
   * @param atLeast how long such processes may go on after the installation was made
   */
  InstallationRecord endFormerWork(Duration atLeast);

  @Override
  void close();
}
