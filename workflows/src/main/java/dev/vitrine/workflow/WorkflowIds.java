package dev.vitrine.workflow;

import java.util.UUID;

/** The ids of workflows: business keys, which make a process unique and the Web UI readable. */
public final class WorkflowIds {

  /** Of the reconciliation, and the prefix of the runs that a schedule starts. */
  public static final String RECONCILIATION = "reconciliation";

  private WorkflowIds() {}

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
