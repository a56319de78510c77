package dev.vitrine.registry.sql.page;

import dev.vitrine.access.Relation;
import dev.vitrine.database.Conditions;
import dev.vitrine.image.Visibility;
import dev.vitrine.listing.ImageQuery;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sees, as parts: a project's own images, those that are public, those shared with
 * it. Each is read from an index of its own, so that a page costs the same however many images
 * there are of others; a single condition with {@code or} would read all of them.
 */
final class ImageScope {

  /**
   * As in the indexes, or SQLite would not use them. Not {@code in}: either database would take
   * that for two places in an index, and sort what it finds at both.
   */
  private static final String OPEN = "%s not in ('private', 'shared')";

  /** As in the indexes of everybody's words, and nowhere else. */
  private static final String OF_ALL = " and coalesce(%s, '') is not null";

  /**
   * One of them.
   *
   * @param of what its images are to the viewer; {@code UNRELATED} where it is all there are
   * @param bound which of the entry's rows
   * @param ofOthers whether what the viewer's own project has is left out of it, because another
   *     part has it; only once a page is read, for it may be most of what is open to all
   */
  record Part(Relation of, ImageEntry entry, String bound, boolean ofOthers) {

    /** Adds what its rows have in common. */
    void add(ImageQuery query, Conditions where) {
      entry.where().forEach(where::add);
      where.add(bound);
      where.add(entry.hidden() + " = " + where.bind(query.hidden()));
    }
  }

  private final ImageQuery query;
  private final Function<Relation, LeadingFilter> leads;
  private final String project;
  private final Conditions values;

  private ImageScope(
      ImageQuery query,
      Function<Relation, LeadingFilter> leads,
      String project,
      Conditions values) {
    this.query = query;
    this.leads = leads;
    this.project = project;
    this.values = values;
  }

  /**
   * The parts.
   *
   * @param leads what each is looked up by
   * @param project what stands for the viewer's project
   */
  static List<Part> parts(
      ImageQuery query,
      Set<Relation> seen,
      Function<Relation, LeadingFilter> leads,
      String project,
      Conditions values) {
    ImageScope scope = new ImageScope(query, leads, project, values);
    return Relation.unbounded(seen) ? List.of(scope.everything()) : scope.ofProject(seen);
  }

  private Part everything() {
    ImageEntry entry = leads.apply(Relation.UNRELATED).entry(values);
    String bound =
        switch (query.visibility()) {
          case USUAL ->
              "(%s <> 'community' or %s = %s)"
                  .formatted(entry.visibility(), entry.owner(), project);
          case ALL -> "1 = 1";
          case PRIVATE -> is(entry, Visibility.PRIVATE);
          case SHARED -> is(entry, Visibility.SHARED);
          case COMMUNITY -> is(entry, Visibility.COMMUNITY);
          case PUBLIC -> is(entry, Visibility.PUBLIC);
        };
    return new Part(
        Relation.UNRELATED,
        entry,
        entry.isWord() ? bound + OF_ALL.formatted(entry.owner()) : bound,
        false);
  }

  private List<Part> ofProject(Set<Relation> seen) {
    Map<Relation, Part> parts = new EnumMap<>(Relation.class);
    switch (query.visibility()) {
      case USUAL -> {
        parts.put(Relation.OWNER, own(null));
        parts.put(Relation.PUBLIC, open(Relation.PUBLIC, Visibility.PUBLIC));
        parts.put(Relation.SHARED, shared());
      }
      case ALL -> {
        parts.put(Relation.OWNER, own(null));
        parts.put(Relation.PUBLIC, open(Relation.PUBLIC, Visibility.PUBLIC));
        parts.put(Relation.COMMUNITY, open(Relation.COMMUNITY, Visibility.COMMUNITY));
        parts.put(Relation.SHARED, shared());
      }
      case PRIVATE -> parts.put(Relation.OWNER, own(Visibility.PRIVATE));
      case SHARED -> {
        parts.put(Relation.OWNER, own(Visibility.SHARED));
        parts.put(Relation.SHARED, shared());
      }
      case COMMUNITY -> {
        parts.put(Relation.OWNER, own(Visibility.COMMUNITY));
        parts.put(Relation.COMMUNITY, open(Relation.COMMUNITY, Visibility.COMMUNITY));
      }
      case PUBLIC -> {
        parts.put(Relation.OWNER, own(Visibility.PUBLIC));
        parts.put(Relation.PUBLIC, open(Relation.PUBLIC, Visibility.PUBLIC));
      }
    }
    parts.keySet().retainAll(seen);
    return parts.isEmpty()
        ? List.of(new Part(Relation.UNRELATED, ImageEntry.IMAGES, "1 = 0", false))
        : List.copyOf(parts.values());
  }

  private Part own(@Nullable Visibility only) {
    ImageEntry entry = leads.apply(Relation.OWNER).entry(values);
    String bound = "%s = %s".formatted(entry.owner(), project);
    return new Part(
        Relation.OWNER, entry, only == null ? bound : bound + " and " + is(entry, only), false);
  }

  private Part open(Relation relation, Visibility visibility) {
    ImageEntry entry = leads.apply(relation).entry(values);
    return new Part(
        relation,
        entry,
        OPEN.formatted(entry.visibility()) + " and " + is(entry, visibility),
        true);
  }

  private Part shared() {
    ImageEntry entry = ImageEntry.sharedWith(project, query.memberStatus(), values);
    // Said so that SQLite does not take the index of everybody's images for it.
    String bound = "not (i.visibility <> '%s')".formatted(Visibility.SHARED.wireName());
    return new Part(Relation.SHARED, entry, bound, true);
  }

  private static String is(ImageEntry entry, Visibility visibility) {
    return "%s = '%s'".formatted(entry.visibility(), visibility.wireName());
  }
}
