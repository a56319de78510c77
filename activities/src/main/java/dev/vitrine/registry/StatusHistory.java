package dev.vitrine.registry;

import dev.vitrine.image.HistoryEntry;
import java.util.List;
import java.util.UUID;

/** Every change of a status, with its cause. */
public interface StatusHistory {

  /** Of an image or a task, oldest first; of both where they have the same id. */
  List<HistoryEntry> of(UUID subject);

  /** Of an image alone, oldest first: who may see it may know nothing of a task of the same id. */
  List<HistoryEntry> ofImage(UUID imageId);
}
