package dev.vitrine.registry.sql.history;

import dev.vitrine.lifecycle.Lifecycle;

/** What has a lifecycle and a history; an image and a task may have the same id. */
public enum HistorySubject {
  IMAGE,
  TASK;

  @Override
  public String toString() {
    return Lifecycle.word(this);
  }
}
