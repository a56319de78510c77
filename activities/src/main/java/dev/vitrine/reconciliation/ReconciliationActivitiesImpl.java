package dev.vitrine.reconciliation;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ReconciliationActivities;
import dev.vitrine.activity.ScanPage;
import dev.vitrine.activity.ScanRequest;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.Registry;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compares the registry with the server. Safe for use by many threads. */
public final class ReconciliationActivitiesImpl implements ReconciliationActivities {

  private final Registry registry;
  private final WorkflowClient client;
  private final Home here;
  private final Liveness liveness;
  private final Heartbeat heartbeat;

  /**
   * Compares that registry with the client's namespace.
   *
   * @param here that namespace, where the registry's work must run
   * @param stuckAfter when a workflow that is open and can't go on is given up
   */
  public ReconciliationActivitiesImpl(
      Registry registry, WorkflowClient client, Home here, Duration stuckAfter) {
    this(registry, client, here, stuckAfter, Heartbeat.ofActivity());
  }

  ReconciliationActivitiesImpl(
      Registry registry,
      WorkflowClient client,
      Home here,
      Duration stuckAfter,
      Heartbeat heartbeat) {
    this.registry = registry;
    this.client = client;
    this.here = here;
    this.liveness = new Liveness(client, new StuckWorkflows(client, Clock.systemUTC(), stuckAfter));
    this.heartbeat = heartbeat;
  }

  @Override
  public List<Finding.Kind> kindsInTransit() {
    return carrying(
        () -> {
          requireHome();
          return Stream.of(Finding.Kind.values())
              .filter(kind -> !registry.backlog().page(kind, null, 1).isEmpty())
              .toList();
        });
  }

  @Override
  public ScanPage scan(ScanRequest request) {
    return carrying(
        () -> {
          requireHome();
          return new Scan(registry.backlog(), registry.locations(), liveness, heartbeat, request)
              .run();
        });
  }

  @Override
  public List<Finding> findUnsettled(int limit) {
    return carrying(
        () -> {
          requireHome();
          List<Finding> found = new ArrayList<>();
          for (Finding.Kind kind : Finding.Kind.values()) {
            int left = limit - found.size();
            if (left > 0) {
              ScanRequest request = new ScanRequest(kind, null, left);
              // What it tells of one kind is no place to go on in another.
              Heartbeat beats = Heartbeat.fromTheStart(heartbeat);
              found.addAll(
                  new Scan(registry.backlog(), registry.locations(), liveness, beats, request)
                      .run()
                      .findings());
            }
          }
          return found;
        });
  }

  /** Anywhere else every workflow is unknown, which says nothing. */
  private void requireHome() {
    requireHome(registry, here);
  }

  static void requireHome(Registry registry, Home here) {
    Home recorded = registry.installations().get().home();
    if (recorded != null && !recorded.is(here)) {
      throw new Conflict(
          "the registry's work runs in %s by now, and this worker is connected to %s; stop it"
              .formatted(recorded.display(), here.display()));
    }
  }

  @Override
  public int removeExpiredTasks() {
    return carrying(
        () -> {
          registry.housekeeping().removeExpiredKeys();
          int removed = registry.housekeeping().removeExpiredTasks();
          registry.housekeeping().removeUnneededQueries();
          registry.housekeeping().removeOldDeadLetters();
          registry.housekeeping().removeForgottenWebhooks();
          return removed;
        });
  }

  @Override
  public int purgeDeletedImages() {
    return carrying(registry.housekeeping()::purgeDeletedImages);
  }

  @Override
  public void forgetPass(String workflowId, String runId) {
    try {
      var unused =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .deleteWorkflowExecution(
                  DeleteWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setWorkflowExecution(
                          WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(runId))
                      .build());
    } catch (StatusRuntimeException e) {
      // It stays in the list until its retention: a blemish, where it is not allowed.
      if (!List.of(
              Status.Code.NOT_FOUND,
              Status.Code.UNIMPLEMENTED,
              Status.Code.PERMISSION_DENIED,
              Status.Code.UNAUTHENTICATED)
          .contains(e.getStatus().getCode())) {
        throw e;
      }
    }
  }
}
