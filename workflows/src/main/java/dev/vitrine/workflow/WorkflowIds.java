package dev.vitrine.workflow;

import java.util.UUID;

/** The ids of workflows: business keys, which make a process unique and the Web UI readable. */
public final class WorkflowIds {

  /** What the ids of every installation's reconciliation begin with. */
  public static final String RECONCILIATIONS = "reconciliation/";

  /** What the ids of the reconciliations' Schedules begin with. */
  public static final String SCHEDULES = "vitrine-reconciliation-";

  private WorkflowIds() {}

  /** Of an installation's reconciliation, and the prefix of the passes that a Schedule starts. */
  public static String reconciliation(InstallationId installation) {
    return RECONCILIATIONS + installation;
  }

  /** Of the Schedule that starts an installation's reconciliation. */
  public static String schedule(InstallationId installation) {
    return SCHEDULES + installation;
  }

  /** Of an image's upload. */
  public static String upload(UUID imageId) {
    return "image-upload/" + imageId;
  }

  /** Of an image's deletion. */
  public static String deletion(UUID imageId) {
    return "image-deletion/" + imageId;
  }

  /** Of a task. */
  public static String task(UUID taskId) {
    return "task/" + taskId;
  }

  /** Of a look-up of a task in the registry. */
  public static String taskLookup(UUID taskId) {
    return "task-lookup/" + taskId;
  }

  /** Of an action on an image. */
  public static String action(UUID imageId, String verb) {
    return "image-" + verb + "/" + imageId;
  }
}
