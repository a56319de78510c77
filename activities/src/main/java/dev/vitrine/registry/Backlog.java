package dev.vitrine.registry;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in transit, for whoever looks for what no live workflow is going to settle. */
public interface Backlog {

  /**
   * Rows in transit, of one kind and oldest first: images that are {@code saving}; tasks that are
   * {@code pending} or {@code processing}; images that are {@code pending_delete} and whose scrub
   * time has come, or {@code deleted} with a location left; locations that are {@code
   * pending_delete} though their image isn't deleted.
   *
   * @param after begins behind it; null for the beginning
   */
  List<BacklogRow> page(Finding.Kind kind, @Nullable ScanMark after, int limit);

  /** Whether a row in transit is still as it was read. */
  boolean holds(BacklogRow suspect);

  /** How much is in transit now, for whoever looks at graphs. */
  InTransit count();
}
