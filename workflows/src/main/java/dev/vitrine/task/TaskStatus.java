package dev.vitrine.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.lifecycle.Lifecycle;

/** The statuses of a task. Source: Glance's documentation, "Task Statuses". */
public enum TaskStatus {
  /** The id is reserved; no processing has begun. */
  PENDING,
  /** The logic of the task's type is running. */
  PROCESSING,
  /** The run succeeded; the result says what came out. */
  SUCCESS,
  /** An error or a cancellation ended it; the message says which. */
  FAILURE;

  /** Whether the task has ended. */
  public boolean isFinal() {
    return this == SUCCESS || this == FAILURE;
  }

  /** The name on the wire and in the registry. */
  @JsonValue
  public String wireName() {
    return Lifecycle.word(this);
  }

  /**
   * The reverse of {@link #wireName}.
   *
   * @throws IllegalArgumentException if no status has that name
   */
  @JsonCreator
  public static TaskStatus of(String wireName) {
    return Lifecycle.constant(TaskStatus.class, wireName);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
