package dev.vitrine.workflow.task;

import static dev.vitrine.workflow.RegistrySteps.operation;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.AtOnceOutcome;
import dev.vitrine.activity.AtOnceUpload;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.error.ErrorKind;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.AtOnce;
import dev.vitrine.workflow.Cancellation;
import dev.vitrine.workflow.ImageCaption;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.TransferOptions;
import dev.vitrine.workflow.VitrineSearchAttributes;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DetachedDeletion;
import dev.vitrine.workflow.upload.FailedUpload;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadEndListener;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The image that an import or a clone makes. It is registered here; a child workflow uploads its
 * data.
 */
final class ImageOfTask {

  private static final Logger log = Workflow.getLogger(ImageOfTask.class);

  /** The change by which the metadata no longer goes through the workflows. */
  private static final String REGISTERS_IMAGE = "task-registers-image";

  /**
   * The change by which the image's id follows from the task's. Before, it was a random one, which
   * another run of the workflow does not find again.
   */
  private static final String NAMES_IMAGE = "task-names-image";

  /**
   * The change by which the image says whether an upload without a result was done after all, and
   * the data of one that was not is left to the image's deletion.
   */
  private static final String ASKS_IMAGE = "task-asks-image";

  /** How soon an upload that an earlier run has started is looked at. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

  /**
   * How seldom it is, at last: the history of these looks has to last as long as a transfer may.
   */
  private static final Duration LAST_LOOK = Duration.ofMinutes(10);

  private final RegistrySteps registry;
  private final TaskRequest request;
  private final boolean again;
  private final UUID imageId;
  private final boolean atOnce;
  private final Runnable beforeWaiting;
  private @Nullable ImageUploadWorkflow child;
  private @Nullable UploadResult ended;

  /**
   * @param known the task as it is, which an earlier run may have got to somewhere
   * @param atOnce whether to try at once; then it is of no release before the changes above
   * @param beforeWaiting called before it waits for what may last
   */
  ImageOfTask(
      RegistrySteps registry,
      TaskRequest request,
      TaskSummary known,
      boolean atOnce,
      Runnable beforeWaiting) {
    this.registry = registry;
    this.request = request;
    this.atOnce = atOnce;
    this.beforeWaiting = beforeWaiting;
    this.again = known.status() == TaskStatus.PROCESSING;
    this.imageId = imageId(known);
  }

  private UUID imageId(TaskSummary task) {
    if (task.imageId() != null) {
      return task.imageId();
    }
    return atOnce || Workflow.getVersion(NAMES_IMAGE, Workflow.DEFAULT_VERSION, 1) == 1
        ? UUID.nameUUIDFromBytes(("image of task " + task.id()).getBytes(StandardCharsets.UTF_8))
        : Workflow.randomUUID();
  }

  UUID id() {
    return imageId;
  }

  private String owner() {
    return request.by().project();
  }

  /**
   * Makes it, or goes on where an earlier run has got to.
   *
   * @param expected what is known of the data beforehand
   * @return the task's result
   * @throws TemporalFailure if it can't be made
   */
  Map<String, Object> make(Source source, ExpectedData expected) {
    Optional<ImageStatus> before = again ? imageStatus() : Optional.empty();
    Location begun = before.equals(Optional.of(ImageStatus.SAVING)) ? begunHere(expected) : null;
    if (begun == null && before.isPresent() && before.get() != ImageStatus.QUEUED) {
      return awaitImage(before.get());
    }
    if (before.isEmpty()) {
      register();
    }
    AtOnceOutcome tried =
        atOnce && before.isEmpty() ? tryAtOnce(source, expected) : AtOnceOutcome.NOT_BEGUN;
    ImageSummary active = tried.active();
    if (active != null) {
      return result(
          new UploadResult(imageId, Outcome.ACTIVATED, active.data(), null, null)
              .copiedWithin(tried.copiedWithin()));
    }
    beforeWaiting.run();
    UploadResult upload;
    try {
      upload = upload(source, expected, begun == null ? tried.location() : begun);
    } catch (TemporalFailure failure) {
      return afterAll(failure);
    }
    return result(upload);
  }

  /** How many bytes its upload brought; null as long as none. */
  @Nullable Long moved() {
    ImageData data = ended == null ? null : ended.data();
    return data == null ? null : data.size();
  }

  /** How many attempts that took; null if it was not counted. */
  @Nullable Integer attempts() {
    return ended == null ? null : ended.attempts();
  }

  /** In executions of the last release, the upload has done it, with what its input said. */
  private void register() {
    if (atOnce || Workflow.getVersion(REGISTERS_IMAGE, Workflow.DEFAULT_VERSION, 1) == 1) {
      registry.images(
          images ->
              images.registerImageOfTask(
                  operation("register", "registered for a task", request.by()),
                  request.taskId(),
                  imageId,
                  request.by()));
    }
  }

  /** Without an upload of its own, where that would be over before anybody could look at it. */
  private AtOnceOutcome tryAtOnce(Source source, ExpectedData expected) {
    Operation begin = beginning();
    return AtOnce.upload(
            new AtOnceUpload(
                imageId,
                source,
                expected,
                FailurePolicy.REQUEUE,
                request.by(),
                null,
                request.taskId(),
                begin,
                operation("complete", "data complete and verified", request.by())),
            "image %s from %s".formatted(imageId, source.display()))
        .orElseGet(() -> asFarAsItGot(begin, expected));
  }

  private Operation beginning() {
    return operation("begin", "upload by " + request.by().display(), request.by());
  }

  /**
   * Where this run has begun to upload within a workflow task whose outcome the server has never
   * got: nobody else goes on with it. Null if somebody else has begun.
   */
  private @Nullable Location begunHere(ExpectedData expected) {
    if (!atOnce) {
      return null;
    }
    try {
      return begin(beginning(), expected);
    } catch (ApplicationFailure othersOrOver) {
      return null;
    }
  }

  private Location begin(Operation begin, ExpectedData expected) {
    return registry.images(
        images ->
            images.beginUpload(
                begin, imageId, FailurePolicy.REQUEUE, request.by(), expected.size(), null));
  }

  /** Nobody said; beginning it again does. */
  private AtOnceOutcome asFarAsItGot(Operation begin, ExpectedData expected) {
    try {
      return AtOnceOutcome.begun(begin(begin, expected));
    } catch (ApplicationFailure over) {
      return registry
          .images(images -> images.findImage(imageId, self()))
          .filter(image -> image.status() == ImageStatus.ACTIVE)
          .map(AtOnceOutcome::done)
          .orElseThrow(() -> over);
    }
  }

  /** See {@link TypedTask#stopUpload}. */
  void stopUpload(Requester by, String deletionWorkflowId) {
    try {
      if (child != null) {
        child.delete(by, deletionWorkflowId);
      } else {
        Workflow.newExternalWorkflowStub(UploadEndListener.class, deletionWorkflowId).uploadEnded();
      }
    } catch (SignalExternalWorkflowException | TemporalFailure gone) {
      log.info("deletion {} is told nothing: {}", deletionWorkflowId, gone.getMessage());
    }
  }

  private UploadResult upload(Source source, ExpectedData expected, @Nullable Location begun) {
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
                            ImageCaption.of(request.input(), owner()).line(imageId),
                            ImageCaption.place(source.display())))
                .setStaticDetails(
                    "on behalf of " + Markdown.code(WorkflowIds.task(request.taskId())))
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(VitrineSearchAttributes.IMAGE_ID, imageId.toString())
                        .set(VitrineSearchAttributes.OWNER, owner())
                        .build())
                .build());
    child = upload;
    try {
      return upload.upload(
          new UploadRequest(
                  imageId,
                  null,
                  source,
                  FailurePolicy.REQUEUE,
                  expected,
                  request.by(),
                  request.taskId())
              .goingOn(begun));
    } finally {
      child = null;
    }
  }

  private Map<String, Object> result(UploadResult upload) {
    ended = upload;
    if (upload.outcome() != Outcome.ACTIVATED) {
      throw ApplicationFailure.newNonRetryableFailure(
          upload.message() == null ? "the upload ended " + upload.outcome() : upload.message(),
          upload.errorKind() == null ? ErrorKind.CONFLICT.wireName() : upload.errorKind());
    }
    return done();
  }

  private Map<String, Object> done() {
    String within = ended == null ? null : ended.copiedWithin();
    return within == null
        ? Map.of("image_id", imageId.toString())
        : Map.of("image_id", imageId.toString(), "copied_within", within);
  }

  /** Whether it was done in spite of a failure; throws what that says if not. */
  private Map<String, Object> afterAll(TemporalFailure failure) {
    if (Cancellation.isCauseOf(failure)
        || Workflow.getVersion(ASKS_IMAGE, Workflow.DEFAULT_VERSION, 1) != 1) {
      throw failure;
    }
    if (!(failure.getCause() instanceof TemporalFailure)) {
      // That it could not start: the one that an earlier run has started goes on.
      return awaitImage(ImageStatus.SAVING);
    }
    ImageStatus status = imageStatus().orElse(ImageStatus.DELETED);
    if (status == ImageStatus.ACTIVE || status == ImageStatus.DEACTIVATED) {
      return done();
    }
    Optional<UploadResult> failed = FailedUpload.result(failure);
    if (failed.isPresent()) {
      return result(failed.get());
    }
    throw failure;
  }

  /** Waits for an upload that an earlier run of this workflow has started: its image says how. */
  private Map<String, Object> awaitImage(ImageStatus seen) {
    ImageStatus status = seen;
    Duration wait = FIRST_LOOK;
    while (status == ImageStatus.SAVING) {
      Workflow.sleep(wait);
      wait = wait.multipliedBy(2).compareTo(LAST_LOOK) < 0 ? wait.multipliedBy(2) : LAST_LOOK;
      status = imageStatus().orElse(ImageStatus.DELETED);
    }
    return switch (status) {
      case ACTIVE, DEACTIVATED -> done();
      case QUEUED, SAVING, UPLOADING, IMPORTING, KILLED, DELETED, PENDING_DELETE ->
          throw Failures.toTemporal(
              new Conflict(
                  "an earlier run of this task had begun its upload, and the image is %s now"
                      .formatted(status)));
    };
  }

  private Optional<ImageStatus> imageStatus() {
    return registry.images(images -> images.findImage(imageId, self())).map(ImageSummary::status);
  }

  /** Whoever made the task, also where they may no longer do it. */
  private Requester self() {
    return Requester.admin(request.by().user(), owner());
  }

  /** Deletes it again, unless somebody has deleted it already. */
  void delete() {
    boolean leavesData = Workflow.getVersion(ASKS_IMAGE, Workflow.DEFAULT_VERSION, 1) == 1;
    ImageStatus status = imageStatus().orElse(ImageStatus.DELETED);
    if (status == ImageStatus.DELETED || status == ImageStatus.PENDING_DELETE) {
      return;
    }
    try {
      registry.images(
          images ->
              images.deleteImage(
                  operation("compensate", "its task did not succeed", request.by()),
                  imageId,
                  self(),
                  Duration.ZERO));
      List<Location> left = registry.images(images -> images.locations(imageId));
      if (!leavesData) {
        left.forEach(this::discard);
      } else if (!left.isEmpty()) {
        String upload = status == ImageStatus.SAVING ? WorkflowIds.upload(imageId) : null;
        DetachedDeletion.start(
            DeletionRequest.ofDeleted(imageId, self(), upload),
            "data of image %s, whose task did not succeed".formatted(imageId));
      }
    } catch (TemporalFailure failure) {
      log.warn("image {} is left to reconciliation: {}", imageId, Failures.describe(failure));
    }
  }

  private void discard(Location location) {
    Workflow.newActivityStub(
            TransferActivities.class, TransferOptions.discard("data of image " + imageId))
        .removeLocation(imageId, location.id());
  }
}
