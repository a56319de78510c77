package dev.vitrine.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The cells of a row in words, for whoever was refused. */
final class RequiredRoles {

  private static final List<Relation> ALL_THAT_IS_SEEN =
      List.of(Relation.OWNER, Relation.SHARED, Relation.COMMUNITY, Relation.PUBLIC);

  private RequiredRoles() {}

  /** {@code the role member in project mars or admin}. */
  static String of(Set<PermissionCell> cells, String owner) {
    List<String> phrases = new ArrayList<>();
    for (Role role : List.of(Role.READER, Role.MEMBER, Role.SERVICE)) {
      List<Relation> where =
          ALL_THAT_IS_SEEN.stream()
              .filter(relation -> cells.contains(new PermissionCell(role, relation)))
              .filter(
                  relation ->
                      role != Role.MEMBER
                          || !cells.contains(new PermissionCell(Role.READER, relation)))
              .toList();
      if (!where.isEmpty()) {
        phrases.add("the role " + role + in(where, owner));
      }
    }
    if (phrases.isEmpty()) {
      return "an admin";
    }
    String all = String.join(" or ", phrases);
    boolean severalPlaces = phrases.get(phrases.size() - 1).contains(" or ");
    return all + (severalPlaces ? ", or admin" : " or admin");
  }

  private static String in(List<Relation> where, String owner) {
    if (where.containsAll(ALL_THAT_IS_SEEN)) {
      return "";
    }
    List<String> places = new ArrayList<>();
    for (Relation relation : where) {
      String a = places.isEmpty() ? "in a project" : "in one";
      places.add(
          switch (relation) {
            case OWNER -> "in project " + owner;
            case SHARED -> a + " that it is shared with";
            case COMMUNITY -> a + " that may use it as a community image";
            case PUBLIC -> a + " that it is public to";
            case SYSTEM, UNRELATED -> throw new IllegalStateException("no such place: " + relation);
          });
    }
    return " " + String.join(" or ", places);
  }
}
