package dev.vitrine.listing;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.VisibilityFilter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of the images that somebody may see. What is killed or deleted is on no page.
 *
 * @param viewer whom it is shown to: an admin all there is; others what their project owns, what is
 *     public or community, and what is shared with it
 * @param memberStatus what the viewer's project must have made of what is shared with it; null for
 *     anything; without effect for an admin
 * @param hidden whether the images with {@code os_hidden} are asked for, or those without
 * @param filters all must match
 * @param order the keys as they are applied; {@code created_at} and {@code id} are appended where
 *     they are missing, so that no two images have one place
 * @param marker the image after which the page begins; null for the first page
 * @param limit images on the page, 0 or more
 */
public record ImageQuery(
    Requester viewer,
    VisibilityFilter visibility,
    @Nullable MemberStatus memberStatus,
    boolean hidden,
    List<ImageFilter> filters,
    List<SortKey> order,
    @Nullable UUID marker,
    int limit) {

  /** Filters of one list, each property and each tag being one. */
  public static final int MOST_FILTERS = 100;

  /** Values in all filters together, as those behind {@code in:}. */
  public static final int MOST_VALUES = 1_000;

  /** What images are sorted by; null comes before everything else. */
  public enum SortField {
    NAME,
    STATUS,
    CONTAINER_FORMAT,
    DISK_FORMAT,
    SIZE,
    ID,
    CREATED_AT,
    UPDATED_AT;

    /** The field that it is. */
    public ImageField field() {
      return ImageField.valueOf(name());
    }
  }

  /** One key of the order. */
  public record SortKey(SortField field, boolean descending) {
    public static SortKey ascending(SortField field) {
      return new SortKey(field, false);
    }

    public static SortKey descending(SortField field) {
      return new SortKey(field, true);
    }
  }

  public ImageQuery {
    filters = List.copyOf(filters);
    requireBounds(filters, order);
    order = complete(order);
    if (limit < 0) {
      throw new Invalid("limit %d: give 0 or more".formatted(limit));
    }
  }

  /** A statement has to stay within what a database parses and binds, however long a request is. */
  private static void requireBounds(List<ImageFilter> filters, List<SortKey> order) {
    if (filters.size() > MOST_FILTERS) {
      throw new Invalid(
          "%d filters: give at most %d in one list".formatted(filters.size(), MOST_FILTERS));
    }
    long values =
        filters.stream()
            .mapToLong(filter -> filter instanceof ImageFilter.Text text ? text.anyOf().size() : 1)
            .sum();
    if (values > MOST_VALUES) {
      throw new Invalid(
          "%d values in filters: give at most %d in one list".formatted(values, MOST_VALUES));
    }
    Set<SortField> fields = EnumSet.noneOf(SortField.class);
    for (SortKey key : order) {
      if (!fields.add(key.field())) {
        throw new Invalid(
            "sort key '%s' is given twice: give each once"
                .formatted(key.field().field().wireName()));
      }
    }
  }

  /** As Glance does it: a single key's direction goes for what is appended, else descending. */
  private static List<SortKey> complete(List<SortKey> given) {
    List<SortKey> order = new ArrayList<>(given);
    boolean descending = given.size() != 1 || given.get(0).descending();
    for (SortField field : List.of(SortField.CREATED_AT, SortField.ID)) {
      if (order.stream().noneMatch(key -> key.field() == field)) {
        order.add(new SortKey(field, descending));
      }
    }
    return List.copyOf(order);
  }

  /** The first page, newest first, of everything that is listed without being asked for. */
  public static ImageQuery of(Requester viewer, int limit) {
    return new ImageQuery(
        viewer,
        VisibilityFilter.USUAL,
        MemberStatus.ACCEPTED,
        false,
        List.of(),
        List.of(),
        null,
        limit);
  }

  public ImageQuery with(VisibilityFilter only) {
    return new ImageQuery(viewer, only, memberStatus, hidden, filters, order, marker, limit);
  }

  /** The same with that membership; null for any. */
  public ImageQuery withMemberStatus(@Nullable MemberStatus only) {
    return new ImageQuery(viewer, visibility, only, hidden, filters, order, marker, limit);
  }

  public ImageQuery withHidden(boolean asked) {
    return new ImageQuery(viewer, visibility, memberStatus, asked, filters, order, marker, limit);
  }

  /** The same, with these filters and no others. */
  public ImageQuery matching(ImageFilter... all) {
    return new ImageQuery(
        viewer, visibility, memberStatus, hidden, List.of(all), order, marker, limit);
  }

  public ImageQuery sortedBy(SortKey... keys) {
    return new ImageQuery(
        viewer, visibility, memberStatus, hidden, filters, List.of(keys), marker, limit);
  }

  /** The page after that image; null for the first one. */
  public ImageQuery after(@Nullable UUID image) {
    return new ImageQuery(viewer, visibility, memberStatus, hidden, filters, order, image, limit);
  }
}
