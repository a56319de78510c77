package dev.vitrine.process;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.ExportDestination;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.ImageCaption;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.action.ImageActionWorkflow;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.task.FailedTask;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.task.TaskWorkflow;
import dev.vitrine.workflow.upload.FailedUpload;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.verification.ImageVerification;
import dev.vitrine.workflow.verification.ImageVerificationRequest;
import dev.vitrine.workflow.verification.ImageVerificationWorkflow;
import dev.vitrine.workflow.verification.StoreSweepWorkflow;
import dev.vitrine.workflow.verification.SweepResult;
import dev.vitrine.workflow.verification.SweepRun;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts Vitrine's processes and gives handles on them. It talks to Temporal only, by a connection
 * that others open and close, so whoever may start workflows in the namespace may use it; {@link
 * Requester} says on whose behalf.
 *
 * <p>Thread-safe. Every method throws a {@link dev.vitrine.error.VitrineException} whose message
 * says what to do: unavailable if Temporal does not answer, otherwise as each method says. What
 * returns an {@link ImageSummary} is also unavailable if no worker takes it up within ten seconds,
 * or if it is not done a minute later; it goes on all the same.
 */
public final class Processes {

  private final WorkflowClient client;
  private final InstallationId installation;
  private final StartOptions starts;
  private final TemporalErrors errors;
  private final Deletions deletions;
  private final QueryExtraction hiding;
  private final RegistryReads reader;

  /**
   * Of an installation, on a connection that exists; a source whose URL has a query string is
   * refused.
   */
  public Processes(WorkflowClient client, InstallationId installation) {
    this(client, installation, QueryHiding.refusing());
  }

  private Processes(WorkflowClient client, InstallationId installation, QueryHiding hiding) {
    this.client = client;
    this.installation = installation;
    TaskQueues queues = TaskQueues.of(installation);
    this.hiding = new QueryExtraction(hiding);
    this.starts = new StartOptions(queues);
    this.errors = TemporalErrors.of(client, queues);
    this.deletions = new Deletions(client, starts, errors);
    this.reader = new RegistryReads(client, starts, errors);
  }

  /** The same, which leaves the query strings of sources' URLs there. */
  public Processes leaving(QueryHiding place) {
    return new Processes(client, installation, place);
  }

  /**
   * Starts an upload and returns at once.
   *
   * @throws Conflict if an upload of the same image is running. One that another client has begun
   *     may show only in the result, which is that conflict then
   * @throws dev.vitrine.error.VitrineException.Invalid if its source has a query string and there
   *     is nowhere to hide it
   */
  public UploadHandle startUpload(UploadRequest request) {
    ImageCaption image = caption(request);
    return startUpload(request, image, WorkflowIds.upload(request.imageId()), true);
  }

  /**
   * The same for whoever reads the registry: an upload that is over is never in the way.
   *
   * @param image what the Web UI shows of it
   * @param before the image's uploads until now
   * @throws Conflict if an upload of the same image is running
   * @throws dev.vitrine.error.VitrineException.Invalid as above
   */
  public UploadHandle startUpload(UploadRequest request, ImageCaption image, ImageUploads before) {
    String workflowId = WorkflowIds.upload(request.imageId(), before.begun() + 1);
    return startUpload(request, image, workflowId, false);
  }

  private static ImageCaption caption(UploadRequest request) {
    NewImage image = request.image();
    return image == null ? ImageCaption.NONE : ImageCaption.of(image, request.expected().size());
  }

  private UploadHandle startUpload(
      UploadRequest given, ImageCaption image, String workflowId, boolean again) {
    InputSize.require(client, "upload of image " + given.imageId(), given);
    UploadRequest request = hiding.of(given);
    var upload =
        uploadOn(
            request.imageId(),
            client.newWorkflowStub(
                ImageUploadWorkflow.class, starts.upload(request, image, workflowId)));
    try {
      start(
          upload,
          () -> WorkflowClient.start(upload.stub()::upload, request),
          "image %s is being uploaded already (workflow %s); wait for that upload or cancel it"
              .formatted(request.imageId(), workflowId));
    } catch (Conflict running) {
      if (again && uploadOn(request.imageId(), workflowId).isEnding()) {
        return startUpload(request, image, workflowId, false);
      }
      throw running;
    }
    return new UploadHandle(request.imageId(), workflowId, upload);
  }

  /**
   * The running or last upload of an image; whether there is one shows when it is used.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable if it is not the first one, and no
   *     worker says within ten seconds which it is
   */
  public UploadHandle upload(UUID imageId) {
    UploadHandle first = upload(imageId, new ImageUploads(0, null));
    try {
      if (!first.state().ended()) {
        return first;
      }
    } catch (NotFound none) {
      // Of the first one, or not any more; there may be later ones.
    }
    try {
      return upload(imageId, reader.uploads(imageId));
    } catch (NotFound noImage) {
      return first;
    }
  }

  /**
   * The same for whoever reads the registry. A task that has begun the upload itself is no upload:
   * what it has not done at once is gone on with by one that has the image's id.
   *
   * @param known the image's uploads
   */
  public UploadHandle upload(UUID imageId, ImageUploads known) {
    String begun = WorkflowIds.upload(imageId, known);
    String workflowId = WorkflowIds.taskOf(begun).isPresent() ? WorkflowIds.upload(imageId) : begun;
    return new UploadHandle(imageId, workflowId, uploadOn(imageId, workflowId));
  }

  /**
   * Starts a task and returns at once.
   *
   * @throws Conflict if the task's id is taken
   * @throws dev.vitrine.error.VitrineException.Invalid if an import's URL is none, or has user
   *     information in it, which would stay in the workflow's history; or a query string and there
   *     is nowhere to hide it; or an export's destination is none
   */
  public TaskHandle startTask(TaskRequest given) {
    TaskRequest request = acceptable(given);
    var task =
        taskOn(request.taskId(), client.newWorkflowStub(TaskWorkflow.class, starts.task(request)));
    start(
        task,
        () -> WorkflowClient.start(task.stub()::run, request),
        "task %s exists already (workflow %s); choose another id"
            .formatted(request.taskId(), WorkflowIds.task(request.taskId())));
    return new TaskHandle(request.taskId(), task, this::uploadOfTask);
  }

  /**
   * A task as {@link #startTask} starts it, for whoever also tells others of it: what is known to
   * be wrong of it fails here as it does there, and nothing secret is left in it.
   */
  public TaskRequest acceptable(TaskRequest given) {
    if (given.input() instanceof TaskInput.Export out) {
      ExportDestination.require(out.destination());
    }
    InputSize.require(client, "task " + given.taskId(), given);
    TaskRequest hidden = hiding.of(given);
    return hidden.input().taskType().makesImage() ? hidden.tryingAtOnce() : hidden;
  }

  /**
   * Hides a token, so that what it is for can be read by a worker and seen by nobody.
   *
   * @param use what it is for, which is no secret
   */
  public HiddenQuery hide(String use, String token) {
    return hiding.place().hide(use, token);
  }

  /** A task that was started; whether there is one shows when it is used. */
  public TaskHandle task(UUID taskId) {
    return new TaskHandle(taskId, taskOn(taskId), this::uploadOfTask);
  }

  /** The image that a task makes has one upload. */
  private UploadHandle uploadOfTask(UUID imageId) {
    return upload(imageId, new ImageUploads(0, null));
  }

  /**
   * Reads a task from the registry by way of a worker: also when its execution is gone, which a
   * server forgets before the task expires.
   *
   * @throws dev.vitrine.error.VitrineException.NotFound if there is none, or it has expired, or it
   *     is another project's
   */
  public TaskSummary findTask(UUID taskId, Requester by) {
    return reader.findTask(taskId, by);
  }

  /**
   * Starts another task that does again what one that failed did, on behalf of whoever asks, and
   * returns at once.
   *
   * @throws Conflict if the task has not failed
   * @throws NotFound if there is none, or it has expired, or it is another project's
   */
  public TaskHandle retryTask(UUID failedTaskId, Requester by) {
    TaskSummary failed = findTask(failedTaskId, by);
    Task.requireRetryable(failed.id(), failed.status());
    return startTask(new TaskRequest(UUID.randomUUID(), failed.input().input(), by, failed.id()));
  }

  /**
   * Deletes an image and returns once it is {@code deleted} or {@code pending_delete}. Joins a
   * deletion that is running, and waits for a running upload to stop.
   *
   * @param scrubDelay how long the data is kept; zero to remove it at once
   * @throws dev.vitrine.error.VitrineException.Unavailable also if no worker takes it up within ten
   *     seconds, or it is not through a minute later; once started, the deletion goes on
   * @throws dev.vitrine.error.VitrineException the refusal: not found, forbidden, conflict
   */
  public DeletionHandle delete(UUID imageId, Requester by, Duration scrubDelay) {
    try {
      return startDeletion(imageId, by, scrubDelay).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  /**
   * As {@link #delete}, and no thread waits for the upload to stop or the registry to change: only
   * until a worker has taken the deletion up, which is milliseconds, and ten seconds at most.
   *
   * @return completes once the image is {@code deleted} or {@code pending_delete}; exceptionally
   *     with what {@link #delete} throws
   */
  public CompletableFuture<DeletionHandle> startDeletion(
      UUID imageId, Requester by, Duration scrubDelay) {
    return deletions.start(new DeletionRequest(imageId, by, scrubDelay));
  }

  /**
   * Starts what is left of the deletion of an image that the registry has deleted, and returns at
   * once: its upload is stopped, and its data removed when its time has come. A deletion that runs
   * is left to do it. If this fails, reconciliation takes the deletion up.
   *
   * @param deleted made by {@link DeletionRequest#ofDeleted}
   * @throws dev.vitrine.error.VitrineException.Unavailable if Temporal does not answer within two
   *     seconds
   */
  public void startRemoval(DeletionRequest deleted) {
    deletions.startRemoval(deleted);
  }

  /**
   * Does what moves no data, and returns once it is done.
   *
   * @throws Conflict if the image's status does not allow it, or the same action is under way
   */
  public ImageSummary act(ImageAction action) {
    InputSize.require(client, "%s of image %s".formatted(action.verb(), action.imageId()), action);
    var execution =
        new Execution<>(
            client,
            errors,
            client.newWorkflowStub(ImageActionWorkflow.class, starts.action(action)),
            "%s of image %s".formatted(action.verb(), action.imageId()),
            ImageSummary.class);
    start(
        execution,
        () -> WorkflowClient.start(execution.stub()::act, action),
        "%s of image %s is under way already; wait for it"
            .formatted(action.verb(), action.imageId()));
    return execution.awaitSoon();
  }

  /**
   * Starts to compare what the stores give back of an image with what is recorded, and returns at
   * once. Joins a verification of it that runs. Whether there is the image shows in the result.
   */
  public VerificationHandle startVerification(ImageVerificationRequest request) {
    var verification =
        new Execution<>(
            client,
            errors,
            client.newWorkflowStub(ImageVerificationWorkflow.class, starts.verification(request)),
            "verification of image " + request.imageId(),
            ImageVerification.class);
    start(
        verification,
        () -> WorkflowClient.start(verification.stub()::verify, request),
        "image %s is being verified already".formatted(request.imageId()));
    return new VerificationHandle(request.imageId(), verification);
  }

  /**
   * Starts a sweep through the stores, and returns at once. Joins one by the same order that runs.
   */
  public SweepHandle startSweep(SweepOrder order) {
    var sweep =
        new Execution<>(
            client,
            errors,
            client.newWorkflowStub(StoreSweepWorkflow.class, starts.sweep(installation, order)),
            "sweep through the stores",
            SweepResult.class);
    start(
        sweep,
        () -> WorkflowClient.start(sweep.stub()::sweep, SweepRun.of(order)),
        "such a sweep is under way already");
    return new SweepHandle(sweep);
  }

  private static void start(Execution<?, ?> execution, Runnable start, String ifRunning) {
    execution.callServer(
        () -> {
          try {
            start.run();
          } catch (WorkflowExecutionAlreadyStarted e) {
            throw new Conflict(ifRunning);
          }
          return true;
        });
  }

  private Execution<ImageUploadWorkflow, UploadResult> uploadOn(
      UUID imageId, ImageUploadWorkflow stub) {
    return new Execution<>(
        client,
        errors,
        stub,
        "upload of image " + imageId,
        UploadResult.class,
        FailedUpload::result);
  }

  private Execution<ImageUploadWorkflow, UploadResult> uploadOn(UUID imageId, String workflowId) {
    return uploadOn(imageId, client.newWorkflowStub(ImageUploadWorkflow.class, workflowId));
  }

  private Execution<TaskWorkflow, TaskSummary> taskOn(UUID taskId) {
    return taskOn(taskId, client.newWorkflowStub(TaskWorkflow.class, WorkflowIds.task(taskId)));
  }

  private Execution<TaskWorkflow, TaskSummary> taskOn(UUID taskId, TaskWorkflow stub) {
    return new Execution<>(
        client, errors, stub, "task " + taskId, TaskSummary.class, FailedTask::task);
  }
}
