package dev.vitrine.registry.sql;

import dev.vitrine.access.Relation;
import dev.vitrine.database.Conditions;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.Visibility;
import dev.vitrine.listing.ImageQuery;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody sees, as disjoint parts: a project's own images, those that are public, those
 * shared with it. Each is read from an index of its own, so that a page costs the same however many
 * images there are of others; a single condition with {@code or} would read all of them.
 *
 * <p>Each part is text to be followed by further conditions.
 */
final class ImageScope {

  private ImageScope() {}

  static List<String> parts(ImageQuery query, Set<Relation> seen, Conditions where) {
    String project = where.bind(query.viewer().project());
    return Relation.unbounded(seen)
        ? ofAll(query, project)
        : ofProject(query, seen, project, where);
  }

  private static List<String> ofAll(ImageQuery query, String project) {
    return List.of(
        switch (query.visibility()) {
          case USUAL -> images("(i.visibility <> 'community' or i.owner = %s)".formatted(project));
          case ALL -> images("1 = 1");
          case PRIVATE -> images(is(Visibility.PRIVATE));
          case SHARED -> images(is(Visibility.SHARED));
          case COMMUNITY -> images(is(Visibility.COMMUNITY));
          case PUBLIC -> images(is(Visibility.PUBLIC));
        });
  }

  private static List<String> ofProject(
      ImageQuery query, Set<Relation> seen, String project, Conditions where) {
    String own = images("i.owner = " + project);
    String others = " and i.owner <> " + project;
    String openToAll = images(is(Visibility.PUBLIC)) + others;
    String community = images(is(Visibility.COMMUNITY)) + others;
    Map<Relation, String> parts = new EnumMap<>(Relation.class);
    switch (query.visibility()) {
      case USUAL -> {
        parts.put(Relation.OWNER, own);
        parts.put(Relation.PUBLIC, openToAll);
        parts.put(Relation.SHARED, sharedWith(project, query, where) + others);
      }
      case ALL -> {
        parts.put(Relation.OWNER, own);
        parts.put(Relation.PUBLIC, openToAll);
        parts.put(Relation.COMMUNITY, community);
        parts.put(Relation.SHARED, sharedWith(project, query, where) + others);
      }
      case PRIVATE -> parts.put(Relation.OWNER, own + butOnly(Visibility.PRIVATE));
      case SHARED -> {
        parts.put(Relation.OWNER, own + butOnly(Visibility.SHARED));
        parts.put(Relation.SHARED, sharedWith(project, query, where) + others);
      }
      case COMMUNITY -> {
        parts.put(Relation.OWNER, own + butOnly(Visibility.COMMUNITY));
        parts.put(Relation.COMMUNITY, community);
      }
      case PUBLIC -> {
        parts.put(Relation.OWNER, own + butOnly(Visibility.PUBLIC));
        parts.put(Relation.PUBLIC, openToAll);
      }
    }
    parts.keySet().retainAll(seen);
    return parts.isEmpty() ? List.of(images("1 = 0")) : List.copyOf(parts.values());
  }

  private static String images(String where) {
    return "images i where " + where;
  }

  private static String is(Visibility visibility) {
    return "i.visibility = '%s'".formatted(visibility.wireName());
  }

  /** The same, said so that SQLite does not take the index of everybody's images for it. */
  private static String butOnly(Visibility visibility) {
    return " and not (i.visibility <> '%s')".formatted(visibility.wireName());
  }

  /** SQLite takes a cross join in the order in which it is written: the memberships first. */
  private static String sharedWith(String project, ImageQuery query, Conditions where) {
    MemberStatus status = query.memberStatus();
    String wanted = status == null ? "" : " and m.status = " + where.bind(status.wireName());
    return "image_members m cross join images i where i.id = m.image_id and m.member = %s%s%s"
        .formatted(project, wanted, butOnly(Visibility.SHARED));
  }
}
