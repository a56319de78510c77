package dev.vitrine.store;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A place that has data under keys of the form {@code <uuid>/<uuid>}. Safe for use by many threads
 * and many processes.
 *
 * <p>What it shows under a key is published: whole, and never changed again. A store that also
 * takes data is a {@link WritableStore}.
 *
 * <p>Errors of every method: {@code Unavailable} if the store does not answer at present; {@code
 * Invalid} for a key of another form.
 */
public interface Store {

  /** Its name in the configuration and in the registry's locations. */
  String name();

  /** Bytes of the published data; empty if there is none. */
  OptionalLong size(String key);

  /**
   * The published data from that byte on, to be read once; nothing from its end on. {@code
   * NotFound} if there is none.
   */
  InputStream open(String key, long offset);

  /** The published data, to be read from anywhere; {@code NotFound} if there is none. */
  StoreReader reader(String key);
}
