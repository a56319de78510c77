package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.registry.StatusHistory;
import java.util.List;
import java.util.UUID;

/** The history in the database. */
record SqlHistory(Database database) implements StatusHistory {

  @Override
  public List<HistoryEntry> of(UUID subject) {
    return database.read("history", handle -> new HistoryTable(handle).of(subject));
  }

  @Override
  public List<HistoryEntry> ofImage(UUID imageId) {
    return database.read(
        "history of image", handle -> new HistoryTable(handle).of(HistorySubject.IMAGE, imageId));
  }
}
