package dev.vitrine.registry;

import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.Visibility;
import dev.vitrine.listing.ImageQuery;
import java.util.List;

/**
 * What somebody sees, as disjoint parts: a project's own images, those that are public, those
 * shared with it. Each is read from an index of its own, so that a page costs the same however many
 * images there are of others; a single condition with {@code or} would read all of them.
 *
 * <p>Each part is text to be followed by further conditions.
 */
final class ImageScope {

  private ImageScope() {}

  static List<String> parts(ImageQuery query, Conditions where) {
    String project = where.bind(query.viewer().project());
    return query.viewer().admin() ? ofAll(query, project) : ofProject(query, project, where);
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

  private static List<String> ofProject(ImageQuery query, String project, Conditions where) {
    String own = images("i.owner = " + project);
    String others = " and i.owner <> " + project;
    String openToAll = images(is(Visibility.PUBLIC)) + others;
    String shared = sharedWith(project, query, where) + others;
    return switch (query.visibility()) {
      case USUAL -> List.of(own, openToAll, shared);
      case ALL -> List.of(own, openToAll, images(is(Visibility.COMMUNITY)) + others, shared);
      case PRIVATE -> List.of(own + butOnly(Visibility.PRIVATE));
      case SHARED -> List.of(own + butOnly(Visibility.SHARED), shared);
      case COMMUNITY -> List.of(images(is(Visibility.COMMUNITY)));
      case PUBLIC -> List.of(images(is(Visibility.PUBLIC)));
    };
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
