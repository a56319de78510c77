package dev.vitrine.config;

import java.util.Locale;

/** What a worker process does. */
public enum WorkerRole {
  /** Runs the workflows and the short activities on the registry. */
  WORKFLOW,
  /** Moves data. */
  TRANSFER,
  /** Serves the HTTP API. */
  API;

  /** As it is written in the settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
