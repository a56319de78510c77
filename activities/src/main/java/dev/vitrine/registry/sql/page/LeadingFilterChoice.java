package dev.vitrine.registry.sql.page;

import dev.vitrine.access.Relation;
import dev.vitrine.database.Conditions;
import dev.vitrine.database.UncachedStatement;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.listing.ImageQuery.SortField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which filter images are looked up by, for each part of what the viewer sees: of those
 * that an index leads from, the one that fewest images pass, as far as a glance at each tells.
 * None, if many pass each, so that the order leads sooner to a page of images that do.
 */
public record LeadingFilterChoice(Handle handle, ImageQuery query, Set<Relation> seen) {

  /** As many as are looked at of each, and may be sorted for a page. */
  public static final int FEW = 500;

  /** As many as are looked at of each, at least, where there are many. */
  private static final int FEWEST = 100;

  /** For each part of what the viewer sees. */
  public Function<Relation, LeadingFilter> choose() {
    SortField order = query.order().get(0).field();
    List<LeadingFilter> filters =
        query.filters().stream()
            .filter(filter -> isWord(filter) || isTime(filter, order))
            .distinct()
            .map(filter -> new LeadingFilter(filter, false))
            .toList();
    if (filters.isEmpty() || query.filters().stream().anyMatch(ImageConditions::isPointed)) {
      return part -> LeadingFilter.NONE;
    }
    boolean usual = order == SortField.CREATED_AT;
    if (usual && filters.size() == 1 && isWord(filters.get(0).filter())) {
      return part -> filters.get(0);
    }
    int limit = Math.max(FEWEST, FEW / filters.size());
    Map<Relation, LeadingFilter> leads = new EnumMap<>(Relation.class);
    rarest(filters, limit)
        .forEach(
            (part, found) -> {
              LeadingFilter lead = filters.get(found.filter);
              if (found.images < limit) {
                leads.put(part, new LeadingFilter(lead.filter(), true));
              } else if (usual && isWord(lead.filter())) {
                leads.put(part, lead);
              }
            });
    return part -> leads.getOrDefault(part, LeadingFilter.NONE);
  }

  private static boolean isWord(@Nullable ImageFilter filter) {
    return filter instanceof ImageFilter.Tag || filter instanceof ImageFilter.Property;
  }

  /** Whether it is a time of the last change, which is not also the order. */
  private static boolean isTime(ImageFilter filter, SortField order) {
    return filter instanceof ImageFilter.Time time
        && time.field() == ImageField.UPDATED_AT
        && time.comparison() != Comparison.NEQ
        && order != SortField.UPDATED_AT;
  }

  /**
   * How many images pass a filter.
   *
   * @param filter its place in the list
   */
  private record Found(int filter, int images) {}

  /** Of each part the filter that fewest of its images pass, counted up to a limit. */
  private Map<Relation, Found> rarest(List<LeadingFilter> filters, int limit) {
    Conditions values = new Conditions();
    String project = values.bind(query.viewer().project());
    List<String> counts = new ArrayList<>();
    for (int n = 0; n < filters.size(); n++) {
      LeadingFilter filter = filters.get(n);
      for (ImageScope.Part part :
          ImageScope.parts(query, seen, relation -> filter, project, values)) {
        if (part.entry().fulfils() != null) {
          counts.add(count(n, part, limit, values.ofAnotherPart()));
        }
      }
    }
    Map<Relation, Found> rarest = new EnumMap<>(Relation.class);
    if (!counts.isEmpty()) {
      UncachedStatement.query(handle, String.join("\nunion all\n", counts))
          .bindMap(values.values())
          .map(
              (rs, ctx) ->
                  Map.entry(
                      Relation.valueOf(rs.getString(1)), new Found(rs.getInt(2), rs.getInt(3))))
          .forEach(
              each ->
                  rarest.merge(
                      each.getKey(), each.getValue(), (a, b) -> b.images < a.images ? b : a));
    }
    return rarest;
  }

  private String count(int filter, ImageScope.Part part, int limit, Conditions where) {
    part.add(query, where);
    // Whether the image itself is there is no question, and would take a look at each.
    return "select '%s', %d, count(*) from (select 1 from %s where %s limit %d) part"
        .formatted(part.of(), filter, part.entry().from(), where.sql(), limit);
  }
}
