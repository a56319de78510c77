package dev.vitrine.task;

import dev.vitrine.lifecycle.Lifecycle;

/** What can happen to a task's status. */
public enum TaskEvent {
  CREATE,
  START,
  SUCCEED,
  FAIL;

  /** The event as people read it. */
  @Override
  public String toString() {
    return Lifecycle.word(this);
  }
}
