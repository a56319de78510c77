package dev.vitrine.guard;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.listing.AuditQuery;
import dev.vitrine.registry.StatusEvents;
import dev.vitrine.registry.StatusHistory;
import java.util.List;

/** Who did what to which image and task, as a requester may know it. Safe for many threads. */
public final class GuardedAudit {

  private final StatusHistory history;
  private final StatusEvents events;
  private final ImageAccess access;

  /**
   * Some of the changes that follow one.
   *
   * @param visible to the viewer, oldest first
   * @param last the one that was looked at last, visible or not: the next page is after it
   */
  public record EventPage(List<AuditEntry> visible, long last) {}

  public GuardedAudit(StatusHistory history, StatusEvents events, ImageAccess access) {
    this.history = history;
    this.events = events;
    this.access = access;
  }

  /**
   * One page of the changes that the viewer may see.
   *
   * @throws dev.vitrine.error.VitrineException the refusal, or the registry's
   */
  public List<AuditEntry> list(AuditQuery query) {
    access.require(ImageOperation.LIST_AUDIT, query.viewer());
    return history.list(query, access.audited(query.viewer()));
  }

  /** The last change there is, of whatever it was. */
  public long lastEvent(Requester viewer) {
    access.require(ImageOperation.LIST_AUDIT, viewer);
    return events.last();
  }

  /**
   * What follows a change, as far as the viewer may see it.
   *
   * @param limit how many are looked at
   */
  public EventPage events(Requester viewer, long after, int limit) {
    access.require(ImageOperation.LIST_AUDIT, viewer);
    boolean all = Relation.unbounded(access.audited(viewer));
    List<AuditEntry> looked = limit == 0 ? List.of() : events.after(after, limit);
    return new EventPage(
        looked.stream().filter(event -> all || viewer.project().equals(event.owner())).toList(),
        looked.isEmpty() ? after : looked.get(looked.size() - 1).id());
  }
}
