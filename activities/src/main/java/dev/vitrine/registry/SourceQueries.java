package dev.vitrine.registry;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The query strings of sources' URLs at rest: encrypted, by an id that workflows carry. */
public interface SourceQueries {

  /** Keeps one until no task needs it any more, and for a day at least. */
  UUID keep(String sealed);

  /** Empty if it is unknown, or kept no longer. */
  Optional<String> find(UUID id);

  /**
   * The registry's own key, for where the settings name none: the same for every process.
   *
   * @param made makes it if there is none yet
   */
  String key(Supplier<String> made);
}
