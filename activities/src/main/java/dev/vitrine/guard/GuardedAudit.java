package dev.vitrine.guard;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.listing.AuditQuery;
import dev.vitrine.registry.StatusHistory;
import java.util.List;

/** Who did what to which image and task, as a requester may know it. Safe for many threads. */
public final class GuardedAudit {

  private final StatusHistory history;
  private final ImageAccess access;

  public GuardedAudit(StatusHistory history, ImageAccess access) {
    this.history = history;
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
}
