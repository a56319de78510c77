package dev.vitrine.registry.sql.history;

import dev.vitrine.access.Relation;
import dev.vitrine.database.Database;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.listing.AuditQuery;
import dev.vitrine.registry.StatusHistory;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The history in the database. */
public record SqlHistory(Database database) implements StatusHistory {

  @Override
  public List<HistoryEntry> of(UUID subject) {
    return database.read("history", handle -> new HistoryTable(handle).of(subject));
  }

  @Override
  public List<HistoryEntry> ofImage(UUID imageId) {
    return database.read(
        "history of image", handle -> new HistoryTable(handle).of(HistorySubject.IMAGE, imageId));
  }

  @Override
  public List<AuditEntry> list(AuditQuery query, Set<Relation> seen) {
    return database.read("list audit", handle -> new AuditListing(handle).page(query, seen));
  }
}
