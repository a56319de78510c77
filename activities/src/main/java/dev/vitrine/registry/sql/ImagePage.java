package dev.vitrine.registry.sql;

import dev.vitrine.access.Relation;
import dev.vitrine.database.Conditions;
import dev.vitrine.database.Keyset;
import dev.vitrine.image.Image;
import dev.vitrine.listing.ImageQuery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statement that reads one page of images: of each part of what the viewer sees so many as the
 * page is long, and of these the first ones.
 */
record ImagePage(String sql, Map<String, Object> values) {

  /**
   * The statement.
   *
   * @param seen what an image has to be to the viewer
   * @param marker the image after which the page begins
   */
  static ImagePage of(ImageQuery query, Set<Relation> seen, @Nullable Image marker) {
    Conditions where = new Conditions();
    Keyset keyset = ImageOrder.keyset(query.order());
    where.add(ImagesTable.LISTED);
    where.add("i.os_hidden = " + where.bind(query.hidden()));
    ImageConditions.add(query.filters(), where);
    if (marker != null) {
      keyset.after(ImageOrder.place(marker, query.order()), where);
    }
    List<String> parts = ImageScope.parts(query, seen, where);
    String order = keyset.orderBy();
    String limit = where.bind(query.limit());
    String rows =
        parts.stream()
            .map(part -> part(part, where.sql(), order, limit))
            .collect(Collectors.joining("\nunion all\n"));
    String page =
        parts.size() == 1
            ? rows
            : "select * from (\n%s\n) i order by %s limit %s".formatted(rows, order, limit);
    return new ImagePage(ImagesTable.select("(\n" + page + "\n)", order), where.values());
  }

  private static String part(String part, String where, String order, String limit) {
    return """
    select * from (
      select i.* from %s and %s
       order by %s limit %s
    ) part\
    """
        .formatted(part, where, order, limit);
  }
}
