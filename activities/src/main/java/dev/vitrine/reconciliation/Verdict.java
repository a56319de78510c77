package dev.vitrine.reconciliation;

/** What the server says about a workflow. */
sealed interface Verdict {

  /** It is going on. */
  record Live() implements Verdict {}

  /**
   * It is not going on.
   *
   * @param why in words, for a message: {@code was terminated}
   */
  record Gone(String why) implements Verdict {}

  /**
   * It is open, and no worker has been able to go on with it for long.
   *
   * @param runId of the present run
   * @param why in words, for a message
   */
  record Stuck(String workflowId, String runId, String why) implements Verdict {}

  /** The server did not say. */
  record Unanswered(RuntimeException error) implements Verdict {}
}
