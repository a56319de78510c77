package dev.vitrine.architecture.violation.wall;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.activity.ImageActivities;
import dev.vitrine.api.ApiRoutes;
import dev.vitrine.auth.Authenticator;
import dev.vitrine.backend.Backend;
import dev.vitrine.cli.ExitCode;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.config.Settings;
import dev.vitrine.database.Database;
import dev.vitrine.download.Downloads;
import dev.vitrine.embedded.EmbeddedTemporal;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.HttpService;
import dev.vitrine.image.Image;
import dev.vitrine.keystone.TokenRequest;
import dev.vitrine.lifecycle.Decision;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.process.Processes;
import dev.vitrine.reconciliation.ReconciliationActivitiesImpl;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.source.FileSource;
import dev.vitrine.step.TaskActivitiesImpl;
import dev.vitrine.store.Store;
import dev.vitrine.store.file.FilesystemStore;
import dev.vitrine.store.s3.S3Store;
import dev.vitrine.task.Task;
import dev.vitrine.terminal.Table;
import dev.vitrine.transfer.TransferActivitiesImpl;
import dev.vitrine.verification.VerificationActivitiesImpl;
import dev.vitrine.web.WebRules;
import dev.vitrine.worker.VitrineWorker;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.reader.RegistryReaderWorkflow;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import dev.vitrine.workflow.registration.VitrineWorkflows;
import dev.vitrine.workflow.task.TaskWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.verification.ImageVerification;
import dev.vitrine.workflow.webhook.WebhookDeliveryWorkflow;
import io.opentelemetry.api.trace.Tracer;
import io.temporal.client.WorkflowClient;
import java.io.File;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import org.eclipse.jetty.server.Server;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine;

/** A method for each corner of the house. */
@SuppressWarnings("unused")
interface KnowsAll {

  void rules(ImageAccess access, Image image, Task task, Decision<?, ?> decision, ImageQuery query);

  void work(ImageActivities steps, Processes processes, WorkflowIds ids, VitrineWorkflows all);

  void workflows(
      ImageAction action,
      DeletionRequest deletion,
      RegistryReaderWorkflow reader,
      ReconciliationWorkflow pass,
      TaskWorkflow task,
      UploadRequest upload,
      ImageVerification verification,
      WebhookDeliveryWorkflow webhook);

  void data(
      Registry registry,
      Registries tables,
      Database database,
      Store store,
      FilesystemStore directory,
      S3Store bucket,
      GuardedImages guard);

  void bytes(
      FileSource source,
      TransferActivitiesImpl transfers,
      Downloads downloads,
      WebRules web,
      TaskActivitiesImpl steps,
      ReconciliationActivitiesImpl scan,
      VerificationActivitiesImpl comparison);

  void server(
      VitrineWorker worker,
      Settings settings,
      Authenticator callers,
      HttpService http,
      ApiRoutes api,
      TokenRequest keystone);

  void program(
      ExitCode code,
      Table table,
      Backend backend,
      VitrineClient client,
      ImageApi remote,
      EmbeddedTemporal embedded);

  void libraries(
      WorkflowClient temporal,
      Connection sql,
      Jdbi jdbi,
      Server jetty,
      CommandLine picocli,
      Tracer traces);

  void platform(File file, Path path, HttpClient http, Clock clock);
}
