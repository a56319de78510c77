package dev.vitrine.registry.sql.page;

import dev.vitrine.access.Relation;
import dev.vitrine.database.Conditions;
import dev.vitrine.database.Keyset;
import dev.vitrine.image.Image;
import dev.vitrine.listing.ImageQuery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statement that reads one page of images: of each part of what the viewer sees so many as the
 * page is long, and of these the first ones.
 *
 * @param rows a subquery for the rows of the page
 * @param order of the rows, to be said again where more is joined to them
 * @param values what is bound in it
 */
public record ImagePage(String rows, String order, Map<String, Object> values) {

  /**
   * What is neither killed nor deleted, in the same text as in the indexes, or they would not be
   * used. Not {@code in}: without statistics, SQLite takes that for a reason to use the index by
   * status.
   */
  public static final String LISTED = "i.status not in ('killed', 'deleted', 'pending_delete')";

  /** What its tags and properties repeat of it, together with its owner and visibility. */
  public static final String LISTED_AT = "case when " + LISTED + " then i.created_at end";

  /** No limit, said where a subquery with one is carried out by itself. */
  private static final String ALL = " limit " + Long.MAX_VALUE;

  /**
   * The statement.
   *
   * @param seen what an image has to be to the viewer
   * @param marker the image after which the page begins; null for the first page
   * @param leads what the images of each part are looked up by
   */
  public static ImagePage of(
      ImageQuery query,
      Set<Relation> seen,
      @Nullable Image marker,
      Function<Relation, LeadingFilter> leads) {
    Conditions values = new Conditions();
    String project = values.bind(query.viewer().project());
    List<String> parts =
        ImageScope.parts(query, seen, leads, project, values).stream()
            .flatMap(part -> selects(part, query, marker, project, values.ofAnotherPart()))
            .toList();
    String order = ImageOrder.keyset(query.order(), ImageEntry.IMAGES).orderBy();
    String rows = String.join("\nunion all\n", parts);
    String page =
        parts.size() == 1
            ? rows
            : "select * from (\n%s\n) i order by %s limit %d".formatted(rows, order, query.limit());
    return new ImagePage("(\n" + page + "\n)", order, values.values());
  }

  /**
   * Each is read from one place of an index on. The limit is written, not bound, or PostgreSQL
   * would plan for a tenth of all rows.
   */
  private static Stream<String> selects(
      ImageScope.Part part,
      ImageQuery query,
      @Nullable Image marker,
      String project,
      Conditions where) {
    part.add(query, where);
    part.entry().on().forEach(where::add);
    String from = part.entry().joined();
    ImageEntry compared = part.entry();
    Conditions further = where;
    if (part.entry().all()) {
      from = "(select i.* from %s where %s%s) i".formatted(from, where.sql(), ALL);
      compared = ImageEntry.IMAGES;
      further = where.ofAnotherPart();
    }
    ImageConditions.add(query.filters(), part.entry(), query.order().get(0).field(), further);
    Keyset keyset = ImageOrder.keyset(query.order(), compared);
    Stream<String> ranges =
        marker == null
            ? Stream.of("")
            : keyset.after(ImageOrder.place(marker, query.order()), further).stream()
                .map(range -> " and " + range);
    String select =
        """
        select * from (
          select i.* from %s
           where %s%%s
           order by %s limit %d
        ) part%s\
        """
            .formatted(
                from,
                further.sql(),
                keyset.orderBy(),
                query.limit(),
                part.ofOthers() ? " where owner <> " + project : "");
    return ranges.map(select::formatted);
  }
}
