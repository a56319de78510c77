package dev.vitrine.access;

import static dev.vitrine.access.ImageOperation.ADD_MEMBER;
import static dev.vitrine.access.ImageOperation.COMMUNITIZE;
import static dev.vitrine.access.ImageOperation.CREATE;
import static dev.vitrine.access.ImageOperation.DELETE;
import static dev.vitrine.access.ImageOperation.DOWNLOAD;
import static dev.vitrine.access.ImageOperation.LIST_AUDIT;
import static dev.vitrine.access.ImageOperation.LIST_MEMBERS;
import static dev.vitrine.access.ImageOperation.MODIFY;
import static dev.vitrine.access.ImageOperation.PUBLICIZE;
import static dev.vitrine.access.ImageOperation.REMOVE_MEMBER;
import static dev.vitrine.access.ImageOperation.SET_MEMBER_STATUS;
import static dev.vitrine.access.ImageOperation.SHOW;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.AccessSubject;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with images, asked of the table of {@link Permissions}. What a requester may not
 * even see is reported as not found, so that ids can't be probed; everything else that is refused
 * is forbidden, with a message that says who, which image, and what it takes.
 *
 * <p>A parameter {@code member} says whether the image has the requester's project among its
 * members, whatever that made of it: the status decides only what is {@linkplain #listed listed}.
 */
public record ImageAccess(Permissions permissions) {

  private static final Set<ImageOperation> ON_MEMBERS =
      EnumSet.of(LIST_MEMBERS, ADD_MEMBER, REMOVE_MEMBER, SET_MEMBER_STATUS);

  /** Whether the requester may know of the image. */
  public boolean maySee(AccessSubject image, Requester by, boolean member) {
    return may(SHOW, image, by, member);
  }

  /** Whether the requester may do it, as far as the table goes. */
  public boolean may(ImageOperation operation, AccessSubject image, Requester by, boolean member) {
    return permissions.allow(operation, by, Relation.of(image, by, member));
  }

  /** Whether the requester may do it to something that only has an owner, such as a task. */
  public boolean may(ImageOperation operation, String owner, Requester by) {
    return permissions.allow(operation, by, Relation.of(owner, by));
  }

  /**
   * Whether an image is in a list that asks for no visibility. An admin's has other projects'
   * images, too, but nobody's has other projects' community images.
   *
   * @param status of the requester's project as a member; null if it is none
   */
  public boolean listed(AccessSubject image, Requester by, @Nullable MemberStatus status) {
    return maySee(image, by, status != null)
        && switch (Relation.of(image, by, status != null)) {
          case OWNER, PUBLIC -> true;
          case SHARED -> by.admin() || status == MemberStatus.ACCEPTED;
          case COMMUNITY -> false;
          case SYSTEM -> image.visibility() != Visibility.COMMUNITY;
          case UNRELATED -> by.admin();
        };
  }

  /** What the images that the requester may see are to them; none for whoever sees none. */
  public Set<Relation> visible(Requester by) {
    return permissions.relations(SHOW, by);
  }

  /** What the images and tasks are to the requester whose changes they may list; or none. */
  public Set<Relation> audited(Requester by) {
    return permissions.relations(LIST_AUDIT, by);
  }

  /** Whether one of the image's members is shown to the requester, who may list them. */
  public boolean maySeeMember(AccessSubject image, Requester by, String member) {
    return by.admin() || by.system() || by.owns(image.owner()) || member.equals(by.project());
  }

  /**
   * Requires that the requester may do it in their own project, where there is no image yet.
   *
   * @throws VitrineException forbidden
   */
  public void require(ImageOperation operation, Requester by) {
    require(permissions, operation, by);
  }

  static void require(Permissions permissions, ImageOperation operation, Requester by) {
    if (!permissions.allow(operation, by, Relation.of(by.project(), by))) {
      throw new Forbidden(refusal(permissions, operation.verb(), by, operation, by.project()));
    }
  }

  /**
   * Requires that the requester may do it to the image.
   *
   * @throws VitrineException not found, or forbidden
   */
  public void require(ImageOperation operation, AccessSubject image, Requester by, boolean member) {
    require(operation, operation.verb(), image, by, member);
  }

  private void require(
      ImageOperation operation, String verb, AccessSubject image, Requester by, boolean member) {
    if (!may(operation, image, by, member)) {
      throw maySee(image, by, member)
          ? forbidden(image.id(), image.owner(), verb, by, operation)
          : notFound(image.id());
    }
    if (ON_MEMBERS.contains(operation) && image.visibility() != Visibility.SHARED) {
      throw new Forbidden(
          "image %s is %s: %s by %s is forbidden; only a shared image has members"
              .formatted(image.id(), image.visibility(), verb, by.display()));
    }
  }

  private Forbidden forbidden(
      UUID id, String owner, String verb, Requester by, ImageOperation operation) {
    return new Forbidden(
        "image %s of project %s: %s"
            .formatted(id, owner, refusal(permissions, verb, by, operation, owner)));
  }

  private static String refusal(
      Permissions permissions, String verb, Requester by, ImageOperation operation, String owner) {
    return "%s by %s is forbidden; it takes %s"
        .formatted(verb, by.displayWithScope(), permissions.takes(operation, owner));
  }

  /**
   * Requires that the requester may create the image, with that owner and visibility.
   *
   * @throws VitrineException forbidden
   */
  public void requireCreate(NewImage image, Requester by) {
    requireOwner(image.id(), image.owner(), by);
    requireOfNew(CREATE, image, by);
    requireOfNew(toBecome(image.visibility()), image, by);
  }

  /**
   * Requires that the owner is a project: nothing belongs to the system as a whole, which stands
   * for the owner where whoever has a token for it names none.
   *
   * @throws VitrineException invalid
   */
  public static void requireOwner(UUID image, String owner, Requester by) {
    if (owner.equals(Requester.SYSTEM_PROJECT)) {
      throw new Invalid(
          "image %s: %s names no project as its owner, and nothing belongs to the system; give the owner"
              .formatted(image, by.displayWithScope()));
    }
  }

  private void requireOfNew(ImageOperation operation, NewImage image, Requester by) {
    if (!may(operation, image.owner(), by)) {
      throw forbidden(image.id(), image.owner(), operation.verb(), by, operation);
    }
  }

  private static ImageOperation toBecome(Visibility visibility) {
    return switch (visibility) {
      case PRIVATE, SHARED -> MODIFY;
      case COMMUNITY -> COMMUNITIZE;
      case PUBLIC -> PUBLICIZE;
    };
  }

  /**
   * Requires that the requester may give the image that visibility.
   *
   * @throws VitrineException not found, or forbidden
   */
  public void requireVisibility(AccessSubject image, Visibility to, Requester by, boolean member) {
    require(toBecome(to), image, by, member);
  }

  /**
   * Requires that the requester may say what one member made of the image: their own project, or
   * any if they are an admin.
   *
   * @throws VitrineException not found (the image, or a member that is not to be seen), or
   *     forbidden
   */
  public void requireMemberStatus(AccessSubject image, Requester by, boolean member, String whose) {
    require(SET_MEMBER_STATUS, image, by, member);
    if (!maySeeMember(image, by, whose)) {
      throw new NotFound("image %s: %s is not a member".formatted(image.id(), whose));
    }
  }

  /**
   * Requires that the requester, who is known to see the image, may delete it.
   *
   * @throws VitrineException forbidden: not theirs, or protected
   */
  public void requireDeletable(AccessSubject image, Requester by) {
    require(DELETE, image, by, true);
    if (image.isProtected()) {
      throw new Forbidden(
          "image %s is protected: delete by %s is forbidden; remove the protection first"
              .formatted(image.id(), by.display()));
    }
  }

  /**
   * Requires that the requester, who may reactivate images such as this one, may reactivate this
   * one: what another project's admin, or the system's, deactivated is an admin's to lift.
   *
   * @throws VitrineException forbidden
   */
  public static void requireReactivation(
      AccessSubject image, Deactivation deactivation, Requester by) {
    if (!by.admin() && !deactivation.isByOwner(image.owner())) {
      throw new Forbidden(
          "image %s was deactivated by %s, who is not of project %s: reactivate by %s is forbidden; it takes an admin"
              .formatted(image.id(), deactivation.display(), image.owner(), by.displayWithScope()));
    }
  }

  /**
   * Requires that the requester may read the data.
   *
   * @param verb what is to be done with it, for the message
   * @throws VitrineException not found, forbidden (a role is missing, or deactivated), or conflict
   *     (no data)
   */
  public void requireData(AccessSubject image, Requester by, boolean member, String verb) {
    if (image.status() == ImageStatus.DELETED || image.status() == ImageStatus.PENDING_DELETE) {
      throw notFound(image.id());
    }
    require(DOWNLOAD, verb, image, by, member);
    switch (image.status()) {
      case ACTIVE -> {}
      case DEACTIVATED -> {
        if (!by.admin()) {
          throw new Forbidden(
              "image %s is deactivated: %s by %s is forbidden; reactivate it first"
                  .formatted(image.id(), verb, by.display()));
        }
      }
      case QUEUED, SAVING, UPLOADING, IMPORTING, KILLED ->
          throw new Conflict(
              "image %s is %s: %s needs its data; upload it first"
                  .formatted(image.id(), image.status(), verb));
      case DELETED, PENDING_DELETE -> throw notFound(image.id());
    }
  }

  /** There is no such image. */
  public static NotFound notFound(UUID id) {
    return new NotFound("image %s was not found; check the id and the project".formatted(id));
  }
}
