package dev.vitrine.transfer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a task exports an image to. */
interface ExportTarget extends Target {

  /** What is exported is in no quota. */
  @Override
  default void reserve(long bytes) {}

  /** It is an image already. */
  @Override
  default @Nullable String inspectedAs() {
    return null;
  }

  @Override
  default Map<String, String> signedAs() {
    return Map.of();
  }

  /** Removes what the task left unfinished and what it published, and nothing else. */
  void discard();
}
