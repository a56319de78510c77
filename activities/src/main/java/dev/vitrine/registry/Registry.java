package dev.vitrine.registry;

import dev.vitrine.activity.Operation;

/**
 * The truth at rest, a part for each kind of reader. Safe for use by many threads and many
 * processes.
 *
 * <p>Every change of a status is a compare-and-set that writes one row of history in the same
 * transaction, and is idempotent by {@link Operation#id}: the second call changes nothing and
 * returns the row as it is now. An event without an edge from the present status is a {@code
 * Conflict} in the words of {@link dev.vitrine.lifecycle.Lifecycle#explain}; a missing row is a
 * {@code NotFound}; a database that does not answer is {@code Unavailable}. After any error nothing
 * has changed. Who may do it is the caller's business.
 */
public interface Registry extends AutoCloseable {

  ImageRecords images();

  ImageLookup lookup();

  Uploads uploads();

  Imports imports();

  Deletions deletions();

  TransferNotes transferNotes();

  Locations locations();

  LocationChanges locationChanges();

  LocationPages locationPages();

  Members members();

  StatusHistory history();

  StatusEvents events();

  Deliveries deliveries();

  TaskRecords tasks();

  TaskRuns taskRuns();

  Backlog backlog();

  Housekeeping housekeeping();

  StreamHosts streamHosts();

  SourceQueries sourceQueries();

  Installations installations();

  @Override
  void close();
}
