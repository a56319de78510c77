package dev.vitrine.access;

import static dev.vitrine.access.Relation.COMMUNITY;
import static dev.vitrine.access.Relation.OWNER;
import static dev.vitrine.access.Relation.PUBLIC;
import static dev.vitrine.access.Relation.SHARED;
import static dev.vitrine.access.Relation.SYSTEM;
import static dev.vitrine.access.Role.MEMBER;
import static dev.vitrine.access.Role.READER;
import static dev.vitrine.access.Role.SERVICE;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A row of the table as it is by default: who may, besides an admin. Whoever reads in the owner's
 * project does so in the system as a whole, too. A service has no image but those that its own
 * project can find.
 */
enum AccessRule {
  ADMINS,
  SERVICES(of(SERVICE, OWNER, SHARED, COMMUNITY, PUBLIC)),
  READERS_WHO_SEE(readers(OWNER, SHARED, COMMUNITY, PUBLIC, SYSTEM)),
  MEMBERS_WHO_SEE(of(MEMBER, OWNER, SHARED, COMMUNITY, PUBLIC)),
  READERS_OF_PROJECT(readers(OWNER)),
  READERS_OF_OWNER(readers(OWNER, SYSTEM)),
  MEMBERS_OF_OWNER(of(MEMBER, OWNER)),
  MEMBERS_OF_OWNER_OR_SERVICES(of(MEMBER, OWNER), of(SERVICE, OWNER, SHARED, COMMUNITY, PUBLIC)),
  SERVICES_OF_PROJECT(of(SERVICE, OWNER)),
  READERS_OF_OWNER_OR_SHARED(readers(OWNER, SHARED, SYSTEM)),
  MEMBERS_OF_SHARED(of(MEMBER, SHARED));

  @SuppressWarnings("ImmutableEnumChecker") // Filled here and never changed.
  private final Set<PermissionCell> cells = new TreeSet<>();

  @SafeVarargs
  @SuppressWarnings("varargs")
  AccessRule(Stream<PermissionCell>... parts) {
    Arrays.stream(parts).flatMap(part -> part).forEach(cells::add);
  }

  Set<PermissionCell> cells() {
    return Collections.unmodifiableSet(cells);
  }

  private static Stream<PermissionCell> readers(Relation... relations) {
    return Stream.concat(of(READER, relations), of(MEMBER, relations));
  }

  private static Stream<PermissionCell> of(Role role, Relation... relations) {
    return Arrays.stream(relations).map(relation -> new PermissionCell(role, relation));
  }
}
