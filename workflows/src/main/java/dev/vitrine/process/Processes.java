package dev.vitrine.process;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.ExportDestination;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.DeletionRequest;
import dev.vitrine.workflow.ImageAction;
import dev.vitrine.workflow.ImageActionWorkflow;
import dev.vitrine.workflow.ImageCaption;
import dev.vitrine.workflow.ImageUploadWorkflow;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskLookupWorkflow;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.TaskRequest;
import dev.vitrine.workflow.TaskWorkflow;
import dev.vitrine.workflow.UploadRequest;
import dev.vitrine.workflow.UploadResult;
import dev.vitrine.workflow.WorkflowIds;
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
  private final TaskQueues queues;
  private final Starts starts;
  private final TemporalErrors errors;
  private final Deletions deletions;
  private final Hiding hiding;

  /**
   * Of an installation, on a connection that exists; a source whose URL has a query string is
   * refused.
   */
  public Processes(WorkflowClient client, InstallationId installation) {
    this(client, TaskQueues.of(installation), QueryHiding.refusing());
  }

  private Processes(WorkflowClient client, TaskQueues queues, QueryHiding hiding) {
    this.client = client;
    this.queues = queues;
    this.hiding = new Hiding(hiding);
    this.starts = new Starts(queues);
    this.errors = TemporalErrors.of(client, queues);
    this.deletions = new Deletions(client, starts, errors);
  }

  /** The same, which leaves the query strings of sources' URLs there. */
  public Processes leaving(QueryHiding place) {
    return new Processes(client, queues, place);
  }

  /**
   * Starts an upload and returns at once.
   *
   * @throws Conflict if an upload of the same image is running
   * @throws dev.vitrine.error.VitrineException.Invalid if its source has a query string and there
   *     is nowhere to hide it
   */
  public UploadHandle startUpload(UploadRequest request) {
    NewImage image = request.image();
    Long size = request.expected().size();
    return startUpload(request, image == null ? ImageCaption.NONE : ImageCaption.of(image, size));
  }

  /**
   * The same for an image that the caller knows, so that the Web UI shows which it is.
   *
   * @throws Conflict if an upload of the same image is running
   * @throws dev.vitrine.error.VitrineException.Invalid as above
   */
  public UploadHandle startUpload(UploadRequest given, ImageCaption image) {
    InputSize.require(client, "upload of image " + given.imageId(), given);
    UploadRequest request = hiding.of(given);
    var upload =
        uploadOn(
            request.imageId(),
            client.newWorkflowStub(ImageUploadWorkflow.class, starts.upload(request, image)));
    start(
        upload,
        () -> WorkflowClient.start(upload.stub()::upload, request),
        "image %s is being uploaded already (workflow %s); wait for that upload or cancel it"
            .formatted(request.imageId(), WorkflowIds.upload(request.imageId())));
    return new UploadHandle(request.imageId(), upload);
  }

  /** The running or last upload of an image; whether there is one shows when it is used. */
  public UploadHandle upload(UUID imageId) {
    String id = WorkflowIds.upload(imageId);
    return new UploadHandle(
        imageId, uploadOn(imageId, client.newWorkflowStub(ImageUploadWorkflow.class, id)));
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
    if (given.input() instanceof TaskInput.Export out) {
      ExportDestination.require(out.destination());
    }
    InputSize.require(client, "task " + given.taskId(), given);
    TaskRequest request = hiding.of(given);
    var task =
        taskOn(request.taskId(), client.newWorkflowStub(TaskWorkflow.class, starts.task(request)));
    start(
        task,
        () -> WorkflowClient.start(task.stub()::run, request),
        "task %s exists already (workflow %s); choose another id"
            .formatted(request.taskId(), WorkflowIds.task(request.taskId())));
    return new TaskHandle(request.taskId(), task, this::upload);
  }

  /** A task that was started; whether there is one shows when it is used. */
  public TaskHandle task(UUID taskId) {
    String id = WorkflowIds.task(taskId);
    return new TaskHandle(
        taskId, taskOn(taskId, client.newWorkflowStub(TaskWorkflow.class, id)), this::upload);
  }

  /**
   * Reads a task from the registry by way of a worker: also when its execution is gone, which a
   * server forgets before the task expires.
   *
   * @throws dev.vitrine.error.VitrineException.NotFound if there is none, or it has expired, or it
   *     is another project's
   */
  public TaskSummary findTask(UUID taskId, Requester by) {
    var lookup =
        new Execution<>(
            client,
            errors,
            client.newWorkflowStub(TaskLookupWorkflow.class, starts.taskLookup(taskId)),
            "look-up of task " + taskId,
            TaskSummary.class);
    start(
        lookup,
        () -> WorkflowClient.start(lookup.stub()::find, taskId, by),
        "task %s is being looked up already; try again".formatted(taskId));
    return lookup.await();
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
    return new Execution<>(client, errors, stub, "upload of image " + imageId, UploadResult.class);
  }

  private Execution<TaskWorkflow, TaskSummary> taskOn(UUID taskId, TaskWorkflow stub) {
    return new Execution<>(client, errors, stub, "task " + taskId, TaskSummary.class);
  }
}
