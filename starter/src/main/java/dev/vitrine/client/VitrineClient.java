package dev.vitrine.client;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.DeletionHandle;
import dev.vitrine.process.Installations;
import dev.vitrine.process.Processes;
import dev.vitrine.process.QueryHiding;
import dev.vitrine.process.SourceKey;
import dev.vitrine.process.SweepHandle;
import dev.vitrine.process.TaskHandle;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.process.VerificationHandle;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.verification.ImageVerificationRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.envconfig.ClientConfigProfile;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts Vitrine's processes and gives handles on them. It talks to Temporal only, so whoever may
 * start workflows in the namespace may use it; {@link Requester} says on whose behalf.
 *
 * <p>Thread-safe. Every method throws a {@link dev.vitrine.error.VitrineException} whose message
 * says what to do: unavailable if Temporal does not answer, otherwise as each method says. What
 * returns an {@link ImageSummary} is also unavailable if no worker takes it up within ten seconds,
 * or if it is not done a minute later; it goes on all the same.
 */
public final class VitrineClient implements AutoCloseable {

  private final WorkflowClient client;
  private final Processes processes;
  private final boolean ownsConnection;

  private VitrineClient(WorkflowClient client, Processes processes, boolean ownsConnection) {
    this.client = client;
    this.processes = processes;
    this.ownsConnection = ownsConnection;
  }

  /**
   * A client of an installation on a connection that exists; closing it leaves the connection open.
   * A source whose URL has a query string is refused, because it may be a credential and would stay
   * in the workflow's history; {@link #withSourceKey} is how to start one.
   */
  public static VitrineClient on(WorkflowClient client, InstallationId installation) {
    return new VitrineClient(client, new Processes(client, installation), false);
  }

  /**
   * The same, of the one installation that the connection's namespace has.
   *
   * @throws dev.vitrine.error.VitrineException.NotFound if it has none
   * @throws dev.vitrine.error.VitrineException.Invalid if it has several
   */
  public static VitrineClient on(WorkflowClient client) {
    return on(client, Installations.find(client, Connection.TIMEOUT));
  }

  /**
   * The same client on the same connection, which stays this one's to close, with a key that seals
   * the query strings of sources' URLs.
   *
   * @param key that the workers have as {@code web-sources.key-file}
   */
  public VitrineClient withSourceKey(SourceKey key) {
    return new VitrineClient(client, processes.leaving(QueryHiding.sealing(key)), false);
  }

  /**
   * Connects by Temporal's standard environment configuration: {@code TEMPORAL_ADDRESS}, {@code
   * TEMPORAL_NAMESPACE}, TLS, API key and the profiles of its TOML file. Defaults to the namespace
   * {@code default} at {@code 127.0.0.1:7233}. {@code VITRINE_INSTALLATION} names the installation;
   * without it the namespace must have exactly one. {@code VITRINE_WEB_SOURCES_KEY_FILE} names the
   * file of a {@link SourceKey}, without which sources with a query string are refused.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable if the server refuses the connection, or
   *     does not answer within ten seconds
   * @throws dev.vitrine.error.VitrineException.Invalid if the configuration can't be read, or the
   *     namespace has several installations
   * @throws dev.vitrine.error.VitrineException.NotFound if it has none
   */
  public static VitrineClient fromEnvironment() {
    String named = System.getenv(Installations.VARIABLE);
    return connect(
        Connection.profileFromEnvironment(),
        named == null || named.isBlank() ? null : new InstallationId(named.strip()),
        Connection.TIMEOUT);
  }

  /**
   * Connects by a profile, to the one installation that the namespace has.
   *
   * @param timeout how long to wait for each of the server's first answers
   * @throws dev.vitrine.error.VitrineException.Unavailable if there is none
   * @throws dev.vitrine.error.VitrineException.NotFound if there is no installation
   * @throws dev.vitrine.error.VitrineException.Invalid if there are several
   */
  public static VitrineClient connect(ClientConfigProfile profile, Duration timeout) {
    return connect(profile, null, timeout);
  }

  /**
   * Connects by a profile.
   *
   * @param installation null for the one that the namespace has
   * @param timeout as above
   */
  public static VitrineClient connect(
      ClientConfigProfile profile, @Nullable InstallationId installation, Duration timeout) {
    WorkflowClient client = Connection.open(profile, timeout);
    try {
      InstallationId one =
          installation == null ? Installations.find(client, timeout) : installation;
      Processes processes = new Processes(client, one).leaving(Connection.queries(System.getenv()));
      return new VitrineClient(client, processes, true);
    } catch (RuntimeException e) {
      client.getWorkflowServiceStubs().shutdownNow();
      throw e;
    }
  }

  /**
   * Starts an upload and returns at once.
   *
   * @throws Conflict if an upload of the same image is running
   * @throws dev.vitrine.error.VitrineException.Invalid if a field of a new image is wrong; or its
   *     source has a query string and there is no key to seal it with
   */
  public UploadHandle startUpload(UploadRequest request) {
    if (request.image() != null) {
      request.image().requireValid();
    }
    return processes.startUpload(request);
  }

  /** The running or last upload of an image; whether there is one shows when it is used. */
  public UploadHandle upload(UUID imageId) {
    return processes.upload(imageId);
  }

  /**
   * Starts a task and returns at once.
   *
   * @throws Conflict if the task's id is taken
   * @throws dev.vitrine.error.VitrineException.Invalid if an import's URL is none, or has user
   *     information in it, which would stay in the workflow's history
   */
  public TaskHandle startTask(TaskRequest request) {
    return processes.startTask(request);
  }

  /**
   * Starts another task that does again what one that failed did, on behalf of whoever asks, and
   * returns at once. It names the failed one.
   *
   * @throws Conflict if the task has not failed
   * @throws dev.vitrine.error.VitrineException.NotFound if there is none, or it has expired, or it
   *     is another project's
   */
  public TaskHandle retryTask(UUID failedTaskId, Requester by) {
    return processes.retryTask(failedTaskId, by);
  }

  /** A task that was started; whether there is one shows when it is used. */
  public TaskHandle task(UUID taskId) {
    return processes.task(taskId);
  }

  /**
   * Reads a task from the registry: also when its execution is gone, which a server forgets before
   * the task expires.
   *
   * @throws dev.vitrine.error.VitrineException.NotFound if there is none, or it has expired, or it
   *     is another project's
   */
  public TaskSummary findTask(UUID taskId, Requester by) {
    return processes.findTask(taskId, by);
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
    return processes.delete(imageId, by, scrubDelay);
  }

  /**
   * Reserves an image's id; {@code active} at once if its size is declared to be zero.
   *
   * @throws Conflict if the id was ever used
   * @throws dev.vitrine.error.VitrineException.Invalid if a field is wrong
   */
  public ImageSummary register(NewImage image, Requester by) {
    image.requireValid();
    return processes.act(new ImageAction.Register(image, by));
  }

  /**
   * Registers data that lies elsewhere as an image's location.
   *
   * @param url an {@code http} or {@code https} URL
   */
  public ImageSummary addLocation(UUID imageId, String url, Requester by) {
    return processes.act(new ImageAction.AddLocation(imageId, url, by));
  }

  /**
   * Denies access to an image's data to every non-admin. Takes a member of its project or an admin.
   */
  public ImageSummary deactivate(UUID imageId, Requester by) {
    return processes.act(new ImageAction.Deactivate(imageId, by));
  }

  /** Allows access again. Takes an admin. */
  public ImageSummary reactivate(UUID imageId, Requester by) {
    return processes.act(new ImageAction.Reactivate(imageId, by));
  }

  /**
   * Starts to compare what the stores give back of an image with what is recorded of it, and
   * returns at once. Joins a verification of it that runs. Changes nothing.
   */
  public VerificationHandle startVerification(UUID imageId, Requester by) {
    return processes.startVerification(new ImageVerificationRequest(imageId, by));
  }

  /**
   * Starts a sweep through the stores, and returns at once. Joins one by the same order that runs.
   */
  public SweepHandle startSweep(SweepOrder order) {
    return processes.startSweep(order);
  }

  /** Closes the connection if this client opened it. What it started goes on. */
  @Override
  public void close() {
    if (ownsConnection) {
      client.getWorkflowServiceStubs().shutdownNow();
    }
  }
}
