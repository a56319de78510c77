package dev.vitrine.guard;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.ImportFields;
import dev.vitrine.image.Location;
import dev.vitrine.image.Member;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.registry.IdempotencyKey;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.Usage;
import dev.vitrine.workflow.WorkflowIds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Images as a requester may have them: who may do it, then the registry. Safe for use by many
 * threads. Every method throws a {@link dev.vitrine.error.VitrineException}: the refusal of {@link
 * ImageAccess}, or the registry's.
 */
public final class GuardedImages {

  /** Whoever leads an image out of one of these has to be stopped. */
  private static final List<@Nullable String> WITH_WORKFLOW =
      Stream.of(ImageStatus.SAVING, ImageStatus.UPLOADING, ImageStatus.IMPORTING)
          .map(ImageStatus::wireName)
          .toList();

  private final Registry registry;
  private final ImageAccess access;
  private final GuardedData data;

  public GuardedImages(Registry registry, ImageAccess access) {
    this.registry = registry;
    this.access = access;
    this.data = new GuardedData(registry.lookup(), access);
  }

  /** Reserves an id; {@code active} at once if the size is declared to be zero. */
  public Image register(Operation operation, NewImage image, Requester by) {
    access.requireCreate(image, by);
    return registry.images().create(operation, image);
  }

  /**
   * The same for a request that may be a repeat.
   *
   * @param key null for none; a repeat gets the image of the first request, as it is now
   * @throws Conflict if that image is deleted
   */
  public Image register(
      Operation operation, NewImage image, Requester by, @Nullable IdempotencyKey key) {
    if (key == null) {
      return register(operation, image, by);
    }
    access.requireCreate(image, by);
    UUID id = registry.images().create(operation, image, key).subject();
    return find(id, by)
        .filter(found -> !isDeleted(found))
        .orElseThrow(
            () ->
                new Conflict(
                    "image %s was created under this idempotency key and is deleted since; give another key"
                        .formatted(id)));
  }

  /** The image, whatever its status; empty if there is none that the requester may see. */
  public Optional<Image> find(UUID id, Requester by) {
    return registry
        .lookup()
        .find(id)
        .filter(image -> access.maySee(image, by, isMember(image, by)));
  }

  /** One page of those that the viewer may see. */
  public List<Image> list(ImageQuery query) {
    access.require(ImageOperation.LIST, query.viewer());
    return registry.images().list(query, access.visible(query.viewer()));
  }

  /**
   * What the requester's project has, and may have.
   *
   * @throws Forbidden also if they have none
   */
  public Usage usage(Requester by) {
    access.require(ImageOperation.SHOW_USAGE, by);
    if (by.system()) {
      throw new Forbidden(
          "usage is of a project, and a token for the system names none; get a token for the"
              + " project");
    }
    return registry.images().usage(by.project());
  }

  /** Requires that the requester may see how stores are made. */
  public void requireStoreDetails(Requester by) {
    access.require(ImageOperation.SHOW_STORE_DETAILS, by);
  }

  /**
   * The image, if it is there to be used.
   *
   * @throws NotFound also if it is deleted
   */
  public Image require(UUID id, Requester by) {
    return find(id, by)
        .filter(image -> !isDeleted(image))
        .orElseThrow(() -> ImageAccess.notFound(id));
  }

  /**
   * The image, if it is there to be used and the requester may do that with it.
   *
   * @throws NotFound also if it is deleted, whatever the requester may do
   */
  public Image require(ImageOperation operation, UUID id, Requester by) {
    Image image =
        registry
            .lookup()
            .find(id)
            .filter(found -> !isDeleted(found))
            .orElseThrow(() -> ImageAccess.notFound(id));
    access.require(operation, image, by, isMember(image, by));
    return image;
  }

  /**
   * The image, if it is there and the requester may delete it.
   *
   * @throws dev.vitrine.error.VitrineException.Forbidden also if it is protected
   */
  public Image requireDeletable(UUID id, Requester by) {
    Image image = require(ImageOperation.DELETE, id, by);
    access.requireDeletable(image, by);
    return image;
  }

  /** The data of the same images, by the same rules. */
  public GuardedData data() {
    return data;
  }

  /**
   * Changes what isn't status or data.
   *
   * @param change as for {@link dev.vitrine.registry.ImageRecords#change}; what it changes decides
   *     what it takes
   */
  public Image change(UUID id, Requester by, Function<Image, ImageMetadata> change) {
    boolean member = isMember(require(ImageOperation.MODIFY, id, by), by);
    return registry
        .images()
        .change(
            id,
            image -> {
              access.require(ImageOperation.MODIFY, image, by, member);
              ImageMetadata wanted = change.apply(image);
              if (!wanted.owner().equals(image.owner())) {
                access.require(ImageOperation.CHANGE_OWNER, image, by, member);
                ImageAccess.requireOwner(id, wanted.owner(), by);
              }
              if (wanted.visibility() != image.visibility()) {
                access.requireVisibility(image, wanted.visibility(), by, member);
              }
              return wanted;
            });
  }

  /** How many uploads of an image have begun, and which workflow is the last one. */
  public ImageUploads uploads(UUID id) {
    return registry.uploads().of(id);
  }

  /**
   * Deletes the image; what is left to do then, whoever does it.
   *
   * @param delay as for {@link dev.vitrine.registry.Deletions#delete}
   * @throws NotFound also if it is deleted already
   */
  public DeletedImage delete(Operation operation, UUID id, Requester by, Duration delay) {
    Image before = require(ImageOperation.DELETE, id, by);
    Image deleted;
    try {
      deleted = registry.deletions().delete(operation, id, delay);
    } catch (Conflict refused) {
      // Another may have deleted it at the same time.
      require(ImageOperation.DELETE, id, by);
      throw refused;
    }
    if (registry.locations().of(id).isEmpty()) {
      return new DeletedImage(deleted, false, null);
    }
    boolean uploading =
        ImportFields.isImporting(before.properties())
            || registry.history().ofImage(id).stream()
                .filter(entry -> entry.operationId().equals(operation.id()))
                .anyMatch(entry -> WITH_WORKFLOW.contains(entry.from()));
    return new DeletedImage(
        deleted, true, uploading ? WorkflowIds.upload(id, registry.uploads().of(id)) : null);
  }

  /**
   * Gives the image to an upload.
   *
   * @param declaredSize bytes; null if not known
   */
  public Location beginUpload(
      Operation operation,
      UUID id,
      FailurePolicy policy,
      String store,
      @Nullable Long declaredSize,
      Requester by) {
    permit(ImageOperation.UPLOAD, id, by);
    return registry.uploads().begin(operation, id, policy, store, declaredSize);
  }

  /**
   * Deletes the image, for whoever sees to the rest. Unlike {@link #delete} it may be deleted
   * already, which is a conflict only if it can't be done again.
   *
   * @param delay as for {@link dev.vitrine.registry.Deletions#delete}
   */
  public Image beginDeletion(Operation operation, UUID id, Requester by, Duration delay) {
    permit(ImageOperation.DELETE, id, by);
    return registry.deletions().delete(operation, id, delay);
  }

  /** Every change of the image's status, oldest first. */
  public List<HistoryEntry> history(UUID id, Requester by) {
    require(ImageOperation.SHOW_HISTORY, id, by);
    return registry.history().ofImage(id);
  }

  /**
   * Registers data that lies elsewhere.
   *
   * @param url an {@code http} or {@code https} URL without user information
   */
  public Image addLocation(Operation operation, UUID id, String url, Requester by) {
    permit(ImageOperation.ADD_LOCATION, id, by);
    return registry.locationChanges().addFirst(operation, id, url);
  }

  /** Denies access to the data to every non-admin. */
  public Image deactivate(Operation operation, UUID id, Requester by) {
    permit(ImageOperation.DEACTIVATE, id, by);
    return registry.images().deactivate(operation, id, by);
  }

  /** Allows access again, if whoever denied it leaves that to the requester. */
  public Image reactivate(Operation operation, UUID id, Requester by) {
    permit(ImageOperation.REACTIVATE, id, by);
    return registry
        .images()
        .reactivate(
            operation,
            id,
            (image, deactivation) -> ImageAccess.requireReactivation(image, deactivation, by));
  }

  /** Those that the requester may see: all for the owner, its own for a member. */
  public List<Member> members(UUID id, Requester by) {
    Image image = require(ImageOperation.LIST_MEMBERS, id, by);
    return registry.members().of(id).stream()
        .filter(member -> access.maySeeMember(image, by, member.member()))
        .toList();
  }

  /** One of those. */
  public Member requireMember(UUID id, String project, Requester by) {
    Image image = require(ImageOperation.LIST_MEMBERS, id, by);
    return registry
        .members()
        .find(id, project)
        .filter(member -> access.maySeeMember(image, by, member.member()))
        .orElseThrow(() -> new NotFound("image %s: %s is not a member".formatted(id, project)));
  }

  /** Shares the image with a project. */
  public Member addMember(UUID id, String project, Requester by) {
    require(ImageOperation.ADD_MEMBER, id, by);
    return registry.members().add(id, project);
  }

  /** Shares it no longer. */
  public void removeMember(UUID id, String project, Requester by) {
    require(ImageOperation.REMOVE_MEMBER, id, by);
    registry.members().remove(id, project);
  }

  /** What a project makes of an image that is shared with it. */
  public Member setMemberStatus(UUID id, String project, MemberStatus status, Requester by) {
    Image image = require(id, by);
    access.requireMemberStatus(image, by, isMember(image, by), project);
    return registry.members().setStatus(id, project, status);
  }

  /** The image, if the requester may do that with it; whether its status allows it is not asked. */
  private Image permit(ImageOperation operation, UUID id, Requester by) {
    Image image = registry.lookup().find(id).orElseThrow(() -> ImageAccess.notFound(id));
    access.require(operation, image, by, isMember(image, by));
    return image;
  }

  private boolean isMember(Image image, Requester by) {
    return data.isMember(image, by);
  }

  private static boolean isDeleted(Image image) {
    return image.status() == ImageStatus.DELETED || image.status() == ImageStatus.PENDING_DELETE;
  }
}
