package dev.vitrine.listing;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of the changes of statuses that somebody may see, the newest first.
 *
 * @param viewer whom it is shown to: an admin all there is; others what happened to their project's
 *     own
 * @param filter which of them
 * @param marker the change after which the page begins; null for the first page
 * @param limit changes on the page, 0 or more
 */
public record AuditQuery(Requester viewer, Filter filter, @Nullable Long marker, int limit) {

  /**
   * Which changes; null for any.
   *
   * @param user on whose behalf
   * @param project on whose behalf
   * @param event as people read it, {@code begin upload}
   * @param since the first moment
   * @param until the first moment after
   */
  public record Filter(
      @Nullable UUID image,
      @Nullable UUID task,
      @Nullable String user,
      @Nullable String project,
      @Nullable String event,
      @Nullable Instant since,
      @Nullable Instant until) {

    /** Every change. */
    public static final Filter NONE = new Filter(null, null, null, null, null, null, null);

    public Filter {
      if (image != null && task != null) {
        throw new Invalid(
            "image %s and task %s: a change is of one of them; give one".formatted(image, task));
      }
      if (since != null && until != null && !since.isBefore(until)) {
        throw new Invalid("since %s until %s: nothing is between them".formatted(since, until));
      }
    }
  }

  public AuditQuery {
    if (limit < 0) {
      throw new Invalid("limit %d: give 0 or more".formatted(limit));
    }
  }

  /** The first page of some changes. */
  public static AuditQuery of(Requester viewer, Filter filter, int limit) {
    return new AuditQuery(viewer, filter, null, limit);
  }

  /** The page after that change. */
  public AuditQuery after(long change) {
    return new AuditQuery(viewer, filter, change, limit);
  }
}
