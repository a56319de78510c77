package dev.vitrine.process;

import static dev.vitrine.workflow.VitrineSearchAttributes.IMAGE_ID;
import static dev.vitrine.workflow.VitrineSearchAttributes.IMAGE_STATUS;
import static dev.vitrine.workflow.VitrineSearchAttributes.OWNER;
import static dev.vitrine.workflow.VitrineSearchAttributes.TASK_STATUS;
import static dev.vitrine.workflow.VitrineSearchAttributes.TASK_TYPE;
import static io.temporal.api.enums.v1.WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE;
import static io.temporal.api.enums.v1.WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.ImageCaption;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.verification.ImageVerificationRequest;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.util.Optional;
import java.util.UUID;

/**
 * How each workflow is started: id, queue, what a repeat means, and what the Web UI shows.
 *
 * @param queues of the installation that it is started in
 */
record StartOptions(TaskQueues queues) {

  /** A second upload of an image is refused while the first runs, and allowed afterwards. */
  WorkflowOptions upload(UploadRequest request, ImageCaption image, String workflowId) {
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder().set(IMAGE_ID, request.imageId().toString());
    if (!request.atOnce()) {
      // What is over at once has no other status than its image.
      attributes.set(IMAGE_STATUS, ImageStatus.QUEUED.wireName());
    }
    if (image.owner() == null) {
      setOwner(attributes, request.by());
    } else {
      attributes.set(OWNER, image.owner());
    }
    return options(workflowId)
        .setPriority(
            request.source() instanceof Source.HeldStream
                ? Turn.waitedFor(request.by())
                : Turn.queued(request.by()))
        .setWorkflowIdReusePolicy(WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setDisableEagerExecution(false)
        .setStaticSummary(Descriptions.summary(request, image))
        .setStaticDetails(Descriptions.details(request, image))
        .setTypedSearchAttributes(attributes.build())
        .build();
  }

  /** A task's id is used once. */
  WorkflowOptions task(TaskRequest request) {
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder()
            .set(TASK_TYPE, request.input().taskType().wireName())
            .set(TASK_STATUS, TaskStatus.PENDING.wireName())
            .set(OWNER, request.by().project());
    imageId(request.input()).ifPresent(id -> attributes.set(IMAGE_ID, id.toString()));
    return options(WorkflowIds.task(request.taskId()))
        .setPriority(Turn.queued(request.by()))
        .setWorkflowIdReusePolicy(WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setDisableEagerExecution(false)
        .setStaticSummary(Descriptions.summary(request))
        .setStaticDetails(Descriptions.details(request))
        .setTypedSearchAttributes(attributes.build())
        .build();
  }

  /** A deletion that runs already is joined. */
  WorkflowOptions deletion(DeletionRequest request) {
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder().set(IMAGE_ID, request.imageId().toString());
    setOwner(attributes, request.by());
    if (request.atOnce()) {
      attributes.set(IMAGE_STATUS, ImageStatus.DELETED.wireName());
    }
    return options(WorkflowIds.deletion(request.imageId()))
        .setPriority(Turn.waitedFor(request.by()))
        // A server takes no start with an update eagerly; what is decided is started without.
        .setDisableEagerExecution(!request.decided())
        .setWorkflowIdReusePolicy(WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setStaticSummary(Descriptions.summary(request))
        .setStaticDetails(Descriptions.details(request))
        .setTypedSearchAttributes(attributes.build())
        .build();
  }

  /** An action may be repeated, but not while the same one runs. */
  WorkflowOptions action(ImageAction action) {
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder().set(IMAGE_ID, action.imageId().toString());
    if (action instanceof ImageAction.Register register) {
      attributes.set(OWNER, register.image().owner());
    } else {
      setOwner(attributes, action.by());
    }
    return options(WorkflowIds.action(action.imageId(), action.verb()))
        .setPriority(Turn.waitedFor(action.by()))
        .setWorkflowIdReusePolicy(WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setDisableEagerExecution(false)
        .setStaticSummary(Descriptions.summary(action))
        .setStaticDetails(Descriptions.details(action))
        .setTypedSearchAttributes(attributes.build())
        .build();
  }

  /** A verification that runs already is joined. */
  WorkflowOptions verification(ImageVerificationRequest request) {
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder().set(IMAGE_ID, request.imageId().toString());
    setOwner(attributes, request.by());
    return options(WorkflowIds.verification(request.imageId()))
        .setPriority(Turn.queued(request.by()))
        .setWorkflowIdReusePolicy(WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setStaticSummary("verifies what the stores have of image " + request.imageId())
        .setTypedSearchAttributes(attributes.build())
        .build();
  }

  /** A sweep by the same order that runs already is joined. */
  WorkflowOptions sweep(InstallationId installation, SweepOrder order) {
    return options(WorkflowIds.sweep(installation) + "/" + order.words())
        .setWorkflowIdReusePolicy(WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setStaticSummary("sweep through the stores: " + order.words())
        .build();
  }

  /** There is one; whoever asks it something starts it if it isn't there. */
  WorkflowOptions reader() {
    return options(WorkflowIds.reader(queues))
        .setWorkflowIdReusePolicy(WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setStaticSummary("answers clients that have no registry")
        .build();
  }

  /** The existing image that a task is about; empty for one that makes it. */
  static Optional<UUID> imageId(TaskInput input) {
    if (input instanceof TaskInput.Export export) {
      return Optional.of(export.imageId());
    }
    if (input instanceof TaskInput.ImageImport in) {
      return Optional.of(in.imageId());
    }
    return input instanceof TaskInput.Clone clone ? Optional.of(clone.imageId()) : Optional.empty();
  }

  private WorkflowOptions.Builder options(String workflowId) {
    return WorkflowOptions.newBuilder().setWorkflowId(workflowId).setTaskQueue(queues.workflows());
  }

  /** Of an image that exists: its owner is the requester's project, unless an admin asks. */
  private static void setOwner(SearchAttributes.Builder attributes, Requester by) {
    if (!by.admin()) {
      attributes.set(OWNER, by.project());
    }
  }
}
