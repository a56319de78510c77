package dev.vitrine.registry;

import dev.vitrine.image.Image;
import dev.vitrine.image.ImageQuery;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.Visibility;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statement that reads one page of images.
 *
 * <p>What a project sees is several disjoint parts: its own images, those that are public, those
 * shared with it. Each is read from an index of its own and ends at the page's size, so that a page
 * costs the same however many images there are of others. A single condition with {@code or} would
 * read all of them.
 */
record ImagePage(String sql, Map<String, Object> values) {

  /**
   * The same text as in the indexes, or they would not be used. Not {@code in}: without statistics,
   * SQLite takes that for a reason to use the index by status.
   */
  private static final String LISTED = "i.status not in ('killed', 'deleted', 'pending_delete')";

  /**
   * The statement.
   *
   * @param marker the image after which the page begins
   */
  static ImagePage of(ImageQuery query, @Nullable Image marker) {
    Conditions where = new Conditions();
    Keyset keyset = ImageOrder.keyset(query.order());
    where.add(LISTED);
    where.add("i.os_hidden = " + where.bind(query.hidden()));
    query.filters().forEach(filter -> ImageConditions.add(filter, where));
    if (marker != null) {
      keyset.after(ImageOrder.place(marker, query.order()), where);
    }
    List<String> parts = parts(query, where);
    String order = keyset.orderBy();
    String limit = where.bind(query.limit());
    String rows =
        parts.stream()
            .map(part -> part(part + " and " + where.sql(), order, limit))
            .collect(Collectors.joining("\nunion all\n"));
    String page =
        parts.size() == 1
            ? rows
            : "select * from (\n%s\n) i order by %s limit %s".formatted(rows, order, limit);
    return new ImagePage(ImagesTable.select("(\n" + page + "\n)", order), where.values());
  }

  private static String part(String where, String order, String limit) {
    return """
    select * from (
      select i.* from images i
       where %s
       order by %s limit %s
    ) part"""
        .formatted(where, order, limit);
  }

  private static List<String> parts(ImageQuery query, Conditions where) {
    String project = where.bind(query.viewer().project());
    String own = "i.owner = " + project;
    if (query.viewer().admin()) {
      return switch (query.visibility()) {
        case USUAL -> List.of("(i.visibility <> 'community' or %s)".formatted(own));
        case ALL -> List.of("1 = 1");
        case PRIVATE -> List.of(is(Visibility.PRIVATE));
        case SHARED -> List.of(is(Visibility.SHARED));
        case COMMUNITY -> List.of(is(Visibility.COMMUNITY));
        case PUBLIC -> List.of(is(Visibility.PUBLIC));
      };
    }
    String others = "i.owner <> " + project;
    String shared = allOf(is(Visibility.SHARED), others, isMember(project, query, where));
    return switch (query.visibility()) {
      case USUAL -> List.of(own, allOf(is(Visibility.PUBLIC), others), shared);
      case ALL ->
          List.of(
              own,
              allOf(is(Visibility.PUBLIC), others),
              allOf(is(Visibility.COMMUNITY), others),
              shared);
      case PRIVATE -> List.of(allOf(own, is(Visibility.PRIVATE)));
      case SHARED -> List.of(allOf(own, is(Visibility.SHARED)), shared);
      case COMMUNITY -> List.of(is(Visibility.COMMUNITY));
      case PUBLIC -> List.of(is(Visibility.PUBLIC));
    };
  }

  private static String is(Visibility visibility) {
    return "i.visibility = '%s'".formatted(visibility.wireName());
  }

  private static String isMember(String project, ImageQuery query, Conditions where) {
    MemberStatus status = query.memberStatus();
    String wanted = status == null ? "" : " and m.status = " + where.bind(status.wireName());
    return "i.id in (select m.image_id from image_members m where m.member = %s%s)"
        .formatted(project, wanted);
  }

  private static String allOf(String... terms) {
    return String.join(" and ", terms);
  }
}
