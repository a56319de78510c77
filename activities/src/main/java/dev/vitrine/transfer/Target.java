package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.source.OpenSource;
import dev.vitrine.store.StoreWriter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** The disk format that the data was declared to have; null if it is not to be inspected. */
  @Nullable String inspectedAs();

  /**
   * What is about to be written was converted to that disk format. Kept for whoever looks at what
   * is published later.
   */
  default void converted(String diskFormat) {}

  /** The properties of the image, which may say how its data was signed; empty if nobody asks. */
  Map<String, String> signedAs();

  /** What this delivery itself has published here before; empty if nothing. */
  Optional<OpenSource> published();

  /**
   * Bytes of unfinished data that a delivery could go on from.
   *
   * @param token of the writer that left it; null if it gave none
   */
  long unfinished(@Nullable String token);

  /**
   * Begins.
   *
   * @param size bytes that are going to be written; null if not known
   */
  StoreWriter create(@Nullable Long size);

  /**
   * Goes on from that byte; only asked for if {@link #unfinished} has as many.
   *
   * @param token of the writer that left it; null if it gave none
   */
  StoreWriter resume(@Nullable String token, long offset);
}
