package dev.vitrine.access;

import dev.vitrine.image.AccessSubject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What an image or a task is to whoever asks. */
public enum Relation {
  /** The requester's project owns it. */
  OWNER,
  /** It is shared with the project, whatever the project made of that. */
  SHARED,
  /** It is another project's, and for all who ask for it. */
  COMMUNITY,
  /** It is another project's, and for all. */
  PUBLIC,
  /** The requester's roles are in the system as a whole, and in no project. */
  SYSTEM,
  /** It is another project's, and none of this one's business. */
  UNRELATED;

  /** Those that the table has cells for. */
  static final List<Relation> OF_CELLS = List.of(OWNER, SHARED, COMMUNITY, PUBLIC, SYSTEM);

  /**
   * Of an image to the requester.
   *
   * @param member whether the image has the requester's project among its members
   */
  public static Relation of(AccessSubject image, Requester by, boolean member) {
    if (by.system()) {
      return SYSTEM;
    }
    if (by.owns(image.owner())) {
      return OWNER;
    }
    return switch (image.visibility()) {
      case PRIVATE -> UNRELATED;
      // Members are kept when an image stops being shared, but mean nothing then.
      case SHARED -> member ? SHARED : UNRELATED;
      case COMMUNITY -> COMMUNITY;
      case PUBLIC -> PUBLIC;
    };
  }

  /** Of something that only has an owner. */
  public static Relation of(String owner, Requester by) {
    if (by.system()) {
      return SYSTEM;
    }
    return by.owns(owner) ? OWNER : UNRELATED;
  }

  /** Whether what somebody sees has no bounds of projects. */
  public static boolean unbounded(Set<Relation> seen) {
    return seen.contains(UNRELATED) || seen.contains(SYSTEM);
  }

  /** None, in a set that can be added to. */
  static Set<Relation> none() {
    return EnumSet.noneOf(Relation.class);
  }
}
