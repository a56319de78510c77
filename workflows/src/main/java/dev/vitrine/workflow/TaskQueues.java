package dev.vitrine.workflow;

import io.temporal.workflow.Workflow;

/**
 * The task queues of one installation, which its workers share.
 *
 * @param workflows workflows, and the local activities on the registry that run beside them; the
 *     names of the others begin with it
 */
public record TaskQueues(String workflows) {

  /**
   * Those of releases without installations. Executions that began there end there: each workflow
   * takes its sibling queues from its own.
   */
  public static final TaskQueues FORMER = new TaskQueues("vitrine");

  /** Those of an installation. */
  public static TaskQueues of(InstallationId installation) {
    return new TaskQueues("vitrine-" + installation);
  }

  /** Those of the installation that the present workflow belongs to. */
  public static TaskQueues ofThisWorkflow() {
    return new TaskQueues(Workflow.getInfo().getTaskQueue());
  }

  /** Transfers: long, and only so many at once per worker. */
  public String transfers() {
    return workflows + "-transfer";
  }

  /** The removal of data, by the same workers: never behind a transfer that takes days. */
  public String removals() {
    return workflows + "-removal";
  }

  /** The telling of webhooks, by processes that know them: each holds a thread for long. */
  public String webhooks() {
    return workflows + "-webhook";
  }

  /** The comparison of what stores have: it reads for hours, and no transfer waits for it. */
  public String verifications() {
    return workflows + "-verification";
  }

  /**
   * The streams that one process holds.
   *
   * @param process tells it from every other
   */
  public String streams(String process) {
    return workflows + "-stream/" + process;
  }
}
