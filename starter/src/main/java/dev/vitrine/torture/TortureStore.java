package dev.vitrine.torture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store of the cluster, seen past it. */
interface TortureStore {

  String name();

  /** Its settings, as an entry of {@code stores} in YAML. */
  String settings();

  /**
   * Everything that is there, finished or not: sizes by keys. What is not finished, and has no key
   * that a location may have, has one that says what it is.
   */
  Map<String, Long> contents() throws IOException;

  /** Null if there is nothing of that key. */
  @Nullable InputStream open(String key) throws IOException;
}
