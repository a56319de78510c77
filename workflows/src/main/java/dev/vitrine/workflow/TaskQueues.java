package dev.vitrine.workflow;

/** The task queues that workers share. */
public final class TaskQueues {

  /** Workflows, and the local activities on the registry that run beside them. */
  public static final String WORKFLOWS = "vitrine";

  /** Transfers and the removal of data: what needs the stores. */
  public static final String TRANSFERS = "vitrine-transfer";

  private TaskQueues() {}
}
