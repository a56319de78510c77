package dev.vitrine.client;

import dev.vitrine.activity.Source;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.Image;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Requester;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.workflow.DeletionRequest;
import dev.vitrine.workflow.DeletionResult;
import dev.vitrine.workflow.ImageAction;
import dev.vitrine.workflow.ImageActionWorkflow;
import dev.vitrine.workflow.ImageDeletionWorkflow;
import dev.vitrine.workflow.ImageUploadWorkflow;
import dev.vitrine.workflow.TaskLookupWorkflow;
import dev.vitrine.workflow.TaskRequest;
import dev.vitrine.workflow.TaskWorkflow;
import dev.vitrine.workflow.UploadRequest;
import dev.vitrine.workflow.UploadResult;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.envconfig.ClientConfigProfile;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Starts Vitrine's processes and gives handles on them. It talks to Temporal only, so whoever may
 * start workflows in the namespace may use it; {@link Requester} says on whose behalf.
 *
 * <p>Thread-safe. Every method throws a {@link dev.vitrine.error.VitrineException} whose message
 * says what to do: unavailable if Temporal does not answer, otherwise as each method says. What
 * returns an {@link Image} is also unavailable if no worker takes it up within ten seconds, or if
 * it is not done a minute later; it goes on all the same.
 */
public final class VitrineClient implements AutoCloseable {

  private final WorkflowClient client;
  private final TemporalErrors errors;
  private final boolean ownsConnection;

  private VitrineClient(WorkflowClient client, boolean ownsConnection) {
    this.client = client;
    this.errors = TemporalErrors.of(client);
    this.ownsConnection = ownsConnection;
  }

  /** A client on a connection that exists; closing it leaves the connection open. */
  public static VitrineClient on(WorkflowClient client) {
    return new VitrineClient(client, false);
  }

  /**
   * Connects by Temporal's standard environment configuration: {@code TEMPORAL_ADDRESS}, {@code
   * TEMPORAL_NAMESPACE}, TLS, API key and the profiles of its TOML file. Defaults to the namespace
   * {@code default} at {@code 127.0.0.1:7233}.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable if the server refuses the connection, or
   *     does not answer within ten seconds
   * @throws dev.vitrine.error.VitrineException.Invalid if the configuration can't be read
   */
  public static VitrineClient fromEnvironment() {
    return connect(Connection.profileFromEnvironment(), Connection.TIMEOUT);
  }

  /**
   * Connects by a profile.
   *
   * @param timeout how long to wait for the server's first answer
   * @throws dev.vitrine.error.VitrineException.Unavailable if there is none
   */
  public static VitrineClient connect(ClientConfigProfile profile, Duration timeout) {
    return new VitrineClient(Connection.open(profile, timeout), true);
  }

  /**
   * Starts an upload and returns at once.
   *
   * @throws Conflict if an upload of the same image is running
   */
  public UploadHandle startUpload(UploadRequest request) {
    var upload =
        uploadOn(
            request.imageId(),
            client.newWorkflowStub(ImageUploadWorkflow.class, Starts.upload(request)));
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
   *     information in it, which would stay in the workflow's history
   */
  public TaskHandle startTask(TaskRequest request) {
    if (request.input() instanceof TaskInput.Import in) {
      Source.Url unused = new Source.Url(in.importFrom());
    }
    var task =
        taskOn(request.taskId(), client.newWorkflowStub(TaskWorkflow.class, Starts.task(request)));
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
   * Reads a task from the registry: also when its execution is gone, which a server forgets before
   * the task expires.
   *
   * @throws dev.vitrine.error.VitrineException.NotFound if there is none, or it has expired, or it
   *     is another project's
   */
  public Task findTask(UUID taskId, Requester by) {
    var lookup =
        new Execution<>(
            client,
            errors,
            client.newWorkflowStub(TaskLookupWorkflow.class, Starts.taskLookup(taskId)),
            "look-up of task " + taskId,
            Task.class);
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
    DeletionRequest request = new DeletionRequest(imageId, by, scrubDelay);
    ImageDeletionWorkflow stub =
        client.newWorkflowStub(ImageDeletionWorkflow.class, Starts.deletion(request));
    var deletion =
        new Execution<>(client, errors, stub, "deletion of image " + imageId, DeletionResult.class);
    Image image = deletion.call(() -> acceptDeletion(deletion, request));
    return new DeletionHandle(image, deletion);
  }

  /**
   * Reserves an image's id; {@code active} at once if its size is declared to be zero.
   *
   * @throws Conflict if the id was ever used
   */
  public Image register(NewImage image, Requester by) {
    return act(new ImageAction.Register(image, by));
  }

  /**
   * Registers data that lies elsewhere as an image's location.
   *
   * @param url an {@code http} or {@code https} URL
   */
  public Image addLocation(UUID imageId, String url, Requester by) {
    return act(new ImageAction.AddLocation(imageId, url, by));
  }

  /** Denies access to an image's data to every non-admin. Takes an admin. */
  public Image deactivate(UUID imageId, Requester by) {
    return act(new ImageAction.Deactivate(imageId, by));
  }

  /** Allows access again. Takes an admin. */
  public Image reactivate(UUID imageId, Requester by) {
    return act(new ImageAction.Reactivate(imageId, by));
  }

  /** Closes the connection if this client opened it. What it started goes on. */
  @Override
  public void close() {
    if (ownsConnection) {
      client.getWorkflowServiceStubs().shutdownNow();
    }
  }

  private Image act(ImageAction action) {
    var execution =
        new Execution<>(
            client,
            errors,
            client.newWorkflowStub(ImageActionWorkflow.class, Starts.action(action)),
            "%s of image %s".formatted(action.verb(), action.imageId()),
            Image.class);
    start(
        execution,
        () -> WorkflowClient.start(execution.stub()::act, action),
        "%s of image %s is under way already; wait for it"
            .formatted(action.verb(), action.imageId()));
    return execution.awaitSoon();
  }

  private static Image acceptDeletion(
      Execution<ImageDeletionWorkflow, DeletionResult> deletion, DeletionRequest request) {
    ImageDeletionWorkflow stub = deletion.stub();
    try {
      WorkflowUpdateHandle<Image> accepted =
          Patience.within(
              Patience.FOR_A_WORKER,
              () ->
                  WorkflowClient.startUpdateWithStart(
                      stub::awaitDeleted,
                      request.by(),
                      UpdateOptions.<Image>newBuilder()
                          .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                          .build(),
                      new WithStartWorkflowOperation<>(stub::delete, request)));
      return accepted.getResult(Patience.FOR_AN_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (WorkflowUpdateException | WorkflowNotFoundException e) {
      // A refused deletion ends as a failed workflow, which may be over before the update is: then
      // the reason is the workflow's.
      throw Failures.fromTemporal(e)
          .<RuntimeException>map(own -> own)
          .orElseGet(() -> reasonOfEnd(stub, e));
    } catch (WorkflowServiceException e) {
      throw TemporalErrors.isLate(e) ? attached(deletion, request.imageId()).notSoon() : e;
    }
  }

  /** By its id: what was not heard to have started may have done so. */
  private static Execution<ImageDeletionWorkflow, DeletionResult> attached(
      Execution<ImageDeletionWorkflow, DeletionResult> deletion, UUID imageId) {
    WorkflowClient client = deletion.client();
    ImageDeletionWorkflow stub =
        client.newWorkflowStub(ImageDeletionWorkflow.class, WorkflowIds.deletion(imageId));
    return new Execution<>(client, deletion.errors(), stub, deletion.what(), DeletionResult.class);
  }

  private static RuntimeException reasonOfEnd(ImageDeletionWorkflow stub, RuntimeException update) {
    try {
      WorkflowStub.fromTyped(stub).getResult(DeletionResult.class);
      return update;
    } catch (RuntimeException end) {
      return end;
    }
  }

  private static void start(Execution<?, ?> execution, Runnable start, String ifRunning) {
    execution.call(
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

  private Execution<TaskWorkflow, Task> taskOn(UUID taskId, TaskWorkflow stub) {
    return new Execution<>(client, errors, stub, "task " + taskId, Task.class);
  }
}
