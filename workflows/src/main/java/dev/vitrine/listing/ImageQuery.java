package dev.vitrine.listing;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.VisibilityFilter;
import java.util.ArrayList;
import java.util.List;
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

  /** What images are sorted by; null comes before everything else. */
  public enum SortField {
    NAME,
    STATUS,
    CONTAINER_FORMAT,
    DISK_FORMAT,
    SIZE,
    ID,
    CREATED_AT,
    UPDATED_AT
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
    order = complete(order);
    if (limit < 0) {
      throw new Invalid("limit %d: give 0 or more".formatted(limit));
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
