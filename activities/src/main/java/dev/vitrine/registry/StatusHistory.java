package dev.vitrine.registry;

import dev.vitrine.access.Relation;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.listing.AuditQuery;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Every change of a status, with its cause. */
public interface StatusHistory {

  /** Of an image or a task, oldest first; of both where they have the same id. */
  List<HistoryEntry> of(UUID subject);

  /** Of an image alone, oldest first: who may see it may know nothing of a task of the same id. */
  List<HistoryEntry> ofImage(UUID imageId);

  /**
   * One page of the changes of all images and tasks, the newest first.
   *
   * @param seen what the images and tasks may be to the viewer; where that has bounds, only changes
   *     of what the viewer's project owned then
   * @throws dev.vitrine.error.VitrineException.Invalid if the viewer sees no such marker
   */
  List<AuditEntry> list(AuditQuery query, Set<Relation> seen);
}
