package dev.vitrine.workflow;

import static dev.vitrine.workflow.RegistrySteps.operation;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.task.TaskInput;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.UploadResult.Outcome;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The run of a task that makes an image: an import or a clone. The work is a child upload. */
final class NewImageRun implements TaskRun {

  private static final Logger log = Workflow.getLogger(NewImageRun.class);

  /** The change by which the metadata no longer goes through the workflows. */
  private static final String REGISTERS_IMAGE = "task-registers-image";

  private final RegistrySteps registry;
  private final TaskRequest request;
  private final UUID imageId = Workflow.randomUUID();
  private @Nullable Source source;
  private ExpectedData expected = ExpectedData.NONE;

  NewImageRun(RegistrySteps registry, TaskRequest request) {
    this.registry = registry;
    this.request = request;
  }

  @Override
  public UUID imageId() {
    return imageId;
  }

  @Override
  public void admit() {
    if (request.input() instanceof TaskInput.Clone clone) {
      planClone(clone);
    } else if (request.input() instanceof TaskInput.Import given) {
      planImport(given);
    }
  }

  private void planImport(TaskInput.Import given) {
    try {
      source = new Source.Url(given.importFrom(), given.query());
    } catch (VitrineException refused) {
      throw Failures.toTemporal(refused);
    }
  }

  private void planClone(TaskInput.Clone clone) {
    ImageSummary original =
        registry.images(images -> images.requireData(clone.imageId(), request.by(), "clone"));
    source = new Source.OfImage(original.id());
    expected = new ExpectedData(original.size(), original.checksum(), original.osHashValue());
  }

  private String owner() {
    return request.by().project();
  }

  @Override
  public Map<String, Object> run() {
    if (source == null) {
      throw new IllegalStateException("not admitted");
    }
    // In executions begun before, the upload has registered the image, with what its input said.
    if (Workflow.getVersion(REGISTERS_IMAGE, Workflow.DEFAULT_VERSION, 1) == 1) {
      registry.images(
          images ->
              images.registerImageOfTask(
                  operation("register", "registered for a task"),
                  request.taskId(),
                  imageId,
                  request.by()));
    }
    ImageUploadWorkflow upload =
        Workflow.newChildWorkflowStub(
            ImageUploadWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.upload(imageId))
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setStaticSummary(
                    "upload of %s from %s"
                        .formatted(
                            ImageCaption.of(request).line(imageId),
                            ImageCaption.place(source.display())))
                .setStaticDetails(
                    "on behalf of " + Markdown.code(WorkflowIds.task(request.taskId())))
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(VitrineSearchAttributes.IMAGE_ID, imageId.toString())
                        .set(VitrineSearchAttributes.OWNER, owner())
                        .build())
                .build());
    UploadResult result =
        upload.upload(
            new UploadRequest(
                imageId,
                null,
                source,
                FailurePolicy.REQUEUE,
                expected,
                request.by(),
                request.taskId()));
    if (result.outcome() != Outcome.ACTIVATED) {
      throw ApplicationFailure.newNonRetryableFailure(
          result.message() == null ? "the upload ended " + result.outcome() : result.message(),
          result.errorKind() == null ? "Conflict" : result.errorKind());
    }
    return Map.of("image_id", imageId.toString());
  }

  /** The image is deleted, unless its data was complete, or somebody deleted it already. */
  @Override
  public void compensate() {
    Requester by = Requester.admin(request.by().user(), owner());
    ImageStatus status =
        registry
            .images(images -> images.findImage(imageId, by))
            .map(ImageSummary::status)
            .orElse(ImageStatus.DELETED);
    if (status == ImageStatus.DELETED || status == ImageStatus.PENDING_DELETE) {
      return;
    }
    try {
      registry.images(
          images ->
              images.deleteImage(
                  operation("compensate", "its task did not succeed"), imageId, by, Duration.ZERO));
      for (Location location : registry.images(images -> images.locations(imageId))) {
        Workflow.newActivityStub(
                TransferActivities.class, Options.discard("data of image " + imageId))
            .removeLocation(imageId, location.id());
      }
    } catch (TemporalFailure failure) {
      log.warn("image {} is left to reconciliation: {}", imageId, Failures.describe(failure));
    }
  }
}
