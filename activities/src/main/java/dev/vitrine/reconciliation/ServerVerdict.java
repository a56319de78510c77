package dev.vitrine.reconciliation;

/** What the server says about a workflow. */
sealed interface ServerVerdict {

  /** It is going on. */
  record Live() implements ServerVerdict {}

  /**
   * It is not going on.
   *
   * @param why in words, for a message: {@code was terminated}
   */
  record Gone(String why) implements ServerVerdict {}

  /**
   * It is open, and no worker has been able to go on with it for long.
   *
   * @param runId of the present run
   * @param why in words, for a message
   */
  record Stuck(String workflowId, String runId, String why) implements ServerVerdict {}

  /** The server did not say. */
  record Unanswered(RuntimeException error) implements ServerVerdict {}
}
