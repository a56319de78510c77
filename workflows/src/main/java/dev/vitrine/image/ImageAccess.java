package dev.vitrine.image;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import java.util.UUID;

/**
 * Who may do what with an image, decided from the image, the requester and whether its project is a
 * member that may see it. What a requester may not even see is reported as not found, so that ids
 * can't be probed. Source: Glance's default policy.
 */
public final class ImageAccess {

  private ImageAccess() {}

  /** Whether the requester may know of the image. */
  public static boolean maySee(Image image, Requester by, boolean member) {
    return by.admin()
        || image.owner().equals(by.project())
        || switch (image.visibility()) {
          case PUBLIC, COMMUNITY -> true;
          case SHARED -> member;
          case PRIVATE -> false;
        };
  }

  /**
   * Requires that the requester may change or delete the image.
   *
   * @throws VitrineException not found, or forbidden
   */
  public static void requireModify(Image image, Requester by, boolean member, String verb) {
    requireSee(image, by, member);
    if (!by.admin() && !image.owner().equals(by.project())) {
      throw new Forbidden(
          "image %s belongs to project %s: %s by %s of project %s is forbidden"
              .formatted(image.id(), image.owner(), verb, by.display(), by.project()));
    }
  }

  /**
   * Requires that the requester, who is known to see the image, may delete it.
   *
   * @throws VitrineException forbidden: not theirs, or protected
   */
  public static void requireDeletable(Image image, Requester by) {
    requireModify(image, by, true, "delete");
    if (image.isProtected()) {
      throw new Forbidden(
          "image %s is protected: delete by %s is forbidden; remove the protection first"
              .formatted(image.id(), by.display()));
    }
  }

  /**
   * Requires an admin.
   *
   * @throws VitrineException not found, or forbidden
   */
  public static void requireAdmin(Image image, Requester by, boolean member, String verb) {
    requireSee(image, by, member);
    if (!by.admin()) {
      throw new Forbidden(
          "image %s: %s by %s is forbidden; it takes an admin"
              .formatted(image.id(), verb, by.display()));
    }
  }

  /**
   * Requires that the requester may read the data.
   *
   * @throws VitrineException not found, forbidden (deactivated), or conflict (no data)
   */
  public static void requireData(Image image, Requester by, boolean member, String verb) {
    requireSee(image, by, member);
    switch (image.status()) {
      case ACTIVE -> {}
      case DEACTIVATED -> {
        if (!by.admin()) {
          throw new Forbidden(
              "image %s is deactivated: %s by %s is forbidden; an admin can reactivate it"
                  .formatted(image.id(), verb, by.display()));
        }
      }
      case QUEUED, SAVING, KILLED ->
          throw new VitrineException.Conflict(
              "image %s is %s: %s needs its data; upload it first"
                  .formatted(image.id(), image.status(), verb));
      case DELETED, PENDING_DELETE -> throw notFound(image.id());
    }
  }

  private static void requireSee(Image image, Requester by, boolean member) {
    if (!maySee(image, by, member)) {
      throw notFound(image.id());
    }
  }

  /** There is no such image. */
  public static NotFound notFound(UUID id) {
    return new NotFound("image %s was not found; check the id and the project".formatted(id));
  }
}
