package dev.vitrine.access;

import static dev.vitrine.access.Relation.NOBODY;
import static dev.vitrine.access.Relation.OWNER;
import static dev.vitrine.access.Relation.SHARED;

/** Who may do one thing: a role, and what the image is to the project that role is in. */
enum AccessRule {
  ADMINS("an admin"),
  SERVICES("the role service or admin"),
  READERS_WHO_SEE("the role reader or admin"),
  MEMBERS_WHO_SEE("the role member or admin"),
  READERS_OF_OWNER("the role reader in project %s or admin"),
  MEMBERS_OF_OWNER("the role member in project %s or admin"),
  MEMBERS_OF_OWNER_OR_SERVICES("the role member in project %s or the role service or admin"),
  READERS_OF_OWNER_OR_SHARED(
      "the role reader in project %s or in one that it is shared with, or admin"),
  MEMBERS_OF_SHARED("the role member in a project that it is shared with or admin");

  private final String takes;

  AccessRule(String takes) {
    this.takes = takes;
  }

  /** What it takes, in words. */
  String takes(String owner) {
    return takes.formatted(owner);
  }

  /** A service has no image but those that its own project can find. */
  boolean allows(Requester by, Relation relation) {
    boolean reader = by.has(Role.READER);
    boolean member = by.has(Role.MEMBER);
    boolean service = by.service() && relation != NOBODY;
    return by.admin()
        || switch (this) {
          case ADMINS -> false;
          case SERVICES -> service;
          case READERS_WHO_SEE -> reader && relation != NOBODY;
          case MEMBERS_WHO_SEE -> member && relation != NOBODY;
          case READERS_OF_OWNER -> reader && relation == OWNER;
          case MEMBERS_OF_OWNER -> member && relation == OWNER;
          case MEMBERS_OF_OWNER_OR_SERVICES -> service || (member && relation == OWNER);
          case READERS_OF_OWNER_OR_SHARED -> reader && (relation == OWNER || relation == SHARED);
          case MEMBERS_OF_SHARED -> member && relation == SHARED;
        };
  }
}
