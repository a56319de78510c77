package dev.vitrine.access;

import dev.vitrine.image.AccessSubject;

/** What an image is to a project. */
enum Relation {
  /** The project owns it. */
  OWNER,
  /** It is shared with the project, whatever the project made of that. */
  SHARED,
  /** It is another project's, and for all who ask for it. */
  COMMUNITY,
  /** It is another project's, and for all. */
  PUBLIC,
  /** It is another project's, and none of this one's business. */
  NOBODY;

  /**
   * Of an image to the requester's project.
   *
   * @param member whether the image has that project among its members
   */
  static Relation of(AccessSubject image, Requester by, boolean member) {
    if (image.owner().equals(by.project())) {
      return OWNER;
    }
    return switch (image.visibility()) {
      case PRIVATE -> NOBODY;
      // Members are kept when an image stops being shared, but mean nothing then.
      case SHARED -> member ? SHARED : NOBODY;
      case COMMUNITY -> COMMUNITY;
      case PUBLIC -> PUBLIC;
    };
  }

  /** Of something that only has an owner. */
  static Relation of(String owner, Requester by) {
    return owner.equals(by.project()) ? OWNER : NOBODY;
  }
}
