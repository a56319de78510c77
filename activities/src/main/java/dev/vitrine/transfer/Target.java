package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.source.OpenSource;
import dev.vitrine.store.ResumedWriter;
import dev.vitrine.store.StoreWriter;
import java.util.Optional;

/** Where a delivery goes: a location of a store, or a file that is exported. */
interface Target {

  /** Requires that the data is still wanted; asked before the first byte and before publishing. */
  void requireWanted();

  /**
   * Takes room in the project's quota for so many bytes of data in all, before they are written.
   *
   * @throws TooLarge if there is none
   */
  void reserve(long bytes);

  /** What this delivery itself has published here before; empty if nothing. */
  Optional<OpenSource> published();

  /** Bytes of unfinished data that a delivery could go on from. */
  long unfinished();

  StoreWriter create();

  /** Goes on from that byte; only asked for if {@link #unfinished} has as many. */
  ResumedWriter resume(long offset);
}
