package dev.vitrine.store;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A place that keeps data under keys of the form {@code <uuid>/<uuid>}. Safe for use by many
 * threads and many processes.
 *
 * <p>Data is either unfinished, and then nobody can take it for finished, or published, and then
 * whole and never changed again. What else a store can do it says by implementing {@link
 * SupportsResume} and {@link SupportsRangeRead}.
 *
 * <p>Errors of every method: {@code Unavailable} if the store does not answer at present; {@code
 * StorageFull} if it has no room; {@code Invalid} for a key of another form.
 */
public interface Store {

  /** Its name in the configuration and in the registry's locations. */
  String name();

  /**
   * Begins new data under the key; unfinished data that lies there is given up. {@code Conflict} if
   * the key is published; {@code Unavailable} while another writer holds it.
   */
  StoreWriter create(String key);

  /** The published data from its first byte; {@code NotFound} if there is none. */
  InputStream open(String key);

  /** Bytes of the published data; empty if there is none. */
  OptionalLong size(String key);

  /**
   * Whether the key is published; if so, certain to survive a crash of the machine from now on. For
   * the attempt that finds what an earlier one published just before it died.
   */
  boolean confirm(String key);

  /** Removes unfinished and published data. Idempotent; a writer at work fails soon after. */
  void delete(String key);
}
