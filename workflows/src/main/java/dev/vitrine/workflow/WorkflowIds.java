package dev.vitrine.workflow;

import dev.vitrine.image.ImageUploads;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ids of workflows: business keys, which make a process unique and the Web UI readable. */
public final class WorkflowIds {

  /** What the ids of every installation's reconciliation begin with. */
  public static final String RECONCILIATIONS = "reconciliation/";

  /** What the ids of the reconciliations' Schedules begin with. */
  public static final String SCHEDULES = "vitrine-reconciliation-";

  private static final String UUID_FORM = "(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})";
  private static final Pattern OF_IMAGE = Pattern.compile("image-[a-z-]+/" + UUID_FORM);
  private static final Pattern OF_TASK = Pattern.compile("task(?:-lookup)?/" + UUID_FORM);

  private WorkflowIds() {}

  /** Of an installation's reconciliation, and the prefix of the passes that a Schedule starts. */
  public static String reconciliation(InstallationId installation) {
    return RECONCILIATIONS + installation;
  }

  /** Of the one that reads an installation's registry for clients. */
  public static String reader(TaskQueues queues) {
    return "registry-reader/" + queues.workflows();
  }

  /** Of the Schedule that starts an installation's reconciliation. */
  public static String schedule(InstallationId installation) {
    return SCHEDULES + installation;
  }

  /** Of the Schedule that starts an installation's sweeps through its stores. */
  public static String sweepSchedule(InstallationId installation) {
    return "vitrine-sweep-" + installation;
  }

  /** Of an image's first upload, which most images have no other than. */
  public static String upload(UUID imageId) {
    return "image-upload/" + imageId;
  }

  /**
   * Of one of an image's uploads. Each has an id of its own, so that a new one never meets what is
   * left of the one before, while two at once still meet in one.
   *
   * @param number from 1; the first has the image's id alone
   */
  public static String upload(UUID imageId, int number) {
    return number <= 1 ? upload(imageId) : upload(imageId) + "/" + number;
  }

  /** Of the present or last one of an image's uploads. */
  public static String upload(UUID imageId, ImageUploads uploads) {
    return uploads.workflowId() == null ? upload(imageId) : uploads.workflowId();
  }

  /** Of the removal of what an upload has left. */
  public static String removal(UUID imageId, UUID locationId) {
    return "image-removal/" + imageId + "/" + locationId;
  }

  /** Of an image's deletion. */
  public static String deletion(UUID imageId) {
    return "image-deletion/" + imageId;
  }

  /** Of the verification of an image's data. */
  public static String verification(UUID imageId) {
    return "image-verification/" + imageId;
  }

  /** What the ids of an installation's sweeps through its stores begin with. */
  public static String sweep(InstallationId installation) {
    return "store-sweep/" + installation;
  }

  /** Of a task. */
  public static String task(UUID taskId) {
    return "task/" + taskId;
  }

  /** Of a look-up of a task in the registry. */
  public static String taskLookup(UUID taskId) {
    return "task-lookup/" + taskId;
  }

  /** Of the telling of a webhook, by its name in the settings. */
  public static String webhook(InstallationId installation, String endpoint) {
    return "webhook/" + installation + "/" + endpoint;
  }

  /** Of an action on an image. */
  public static String action(UUID imageId, String verb) {
    return "image-" + verb + "/" + imageId;
  }

  /** Of the image that a workflow of that id is about; empty for a task's and for all others. */
  public static Optional<String> imageOf(String workflowId) {
    Matcher matcher = OF_IMAGE.matcher(workflowId);
    return matcher.lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Of the task that a workflow of that id is about. */
  public static Optional<String> taskOf(String workflowId) {
    Matcher matcher = OF_TASK.matcher(workflowId);
    return matcher.lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
