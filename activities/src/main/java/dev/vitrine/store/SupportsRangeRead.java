package dev.vitrine.store;

import java.io.InputStream;

/** A store that can read from the middle without reading what comes before. */
public interface SupportsRangeRead extends Store {

  /** The published data from that byte on; {@code NotFound} if there is none. */
  InputStream open(String key, long offset);

  /** The published data, to be read from anywhere; {@code NotFound} if there is none. */
  StoreReader reader(String key);
}
