package dev.vitrine.workflow;

/** The task queues that workers share. */
public final class TaskQueues {

  /** Workflows, and the local activities on the registry that run beside them. */
  public static final String WORKFLOWS = "vitrine";

  /** Transfers: long, and only so many at once per worker. */
  public static final String TRANSFERS = "vitrine-transfer";

  /** The removal of data, by the same workers: never behind a transfer that takes days. */
  public static final String REMOVALS = "vitrine-removal";

  private TaskQueues() {}
}
