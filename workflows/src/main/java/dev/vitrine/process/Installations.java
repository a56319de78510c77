package dev.vitrine.process;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.schedule.v1.ScheduleListEntry;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Which installations a namespace has, told by the ids of their reconciliations' Schedules: for a
 * client that knows no registry and was not told.
 */
public final class Installations {

  /** The environment variable that names one. */
  public static final String VARIABLE = "VITRINE_INSTALLATION";

  /** A new Schedule takes a moment to be made, and to be listed. */
  private static final Duration UNTIL_LISTED = Duration.ofSeconds(3);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private static final int PAGE = 1000;

  /** A namespace with more Schedules than that has to be told which installation is meant. */
  private static final int PAGES = 20;

  private final WorkflowServiceBlockingStub service;
  private final String namespace;
  private final TemporalErrors errors;

  private Installations(WorkflowClient client, Duration timeout) {
    this.service =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    this.namespace = client.getOptions().getNamespace();
    // The queues are not named: no worker has a part in it.
    this.errors = TemporalErrors.of(client, TaskQueues.FORMER);
  }

  /**
   * Asks for the server's answer: a lazy channel would say much later that there is none.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable if the server refuses the connection, or
   *     does not answer in time
   */
  public static void checkServer(WorkflowClient client, Duration timeout) {
    Installations asked = new Installations(client, timeout);
    try {
      asked.service.getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
    } catch (StatusRuntimeException e) {
      throw asked.errors.translateConnecting(e);
    }
  }

  /**
   * The one that there is.
   *
   * @param timeout for the server's answers
   * @throws NotFound if there is none
   * @throws Invalid if there are several
   * @throws dev.vitrine.error.VitrineException.Unavailable if the server does not answer
   */
  public static InstallationId find(WorkflowClient client, Duration timeout) {
    Installations asked = new Installations(client, timeout);
    try {
      return asked.theOnly();
    } catch (StatusRuntimeException e) {
      throw asked.errors.translateConnecting(e);
    }
  }

  private InstallationId theOnly() {
    long end = System.nanoTime() + UNTIL_LISTED.toNanos();
    Set<String> ids = present();
    while (ids.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      ids = present();
    }
    if (ids.isEmpty()) {
      throw new NotFound(
          "namespace %s at %s has no installation of Vitrine: start a worker, or set %s to the id that"
                  .formatted(namespace, errors.target(), VARIABLE)
              + " its log names");
    }
    if (ids.size() > 1) {
      throw new Invalid(
          "namespace %s at %s has %d installations of Vitrine (%s); set %s to the one you mean, and delete the Schedules of those that are no more"
              .formatted(
                  namespace,
                  errors.target(),
                  ids.size(),
                  String.join(", ", ids.stream().limit(10).toList()),
                  VARIABLE));
    }
    return new InstallationId(ids.iterator().next());
  }

  private Set<String> present() {
    Set<String> ids = new TreeSet<>();
    try {
      collectBySchedule(ids);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
        throw e;
      }
      collectByLoop(ids);
    }
    return ids;
  }

  private void collectBySchedule(Set<String> ids) {
    ListSchedulesRequest request =
        ListSchedulesRequest.newBuilder().setNamespace(namespace).setMaximumPageSize(PAGE).build();
    for (int page = 0; page < PAGES; page++) {
      ListSchedulesResponse answer = service.listSchedules(request);
      collect(
          ids,
          WorkflowIds.SCHEDULES,
          answer.getSchedulesList().stream().map(ScheduleListEntry::getScheduleId));
      if (answer.getNextPageToken().isEmpty()) {
        return;
      }
      request = request.toBuilder().setNextPageToken(answer.getNextPageToken()).build();
    }
  }

  /** The in-memory server has no Schedules; there the reconciliation is always running. */
  private void collectByLoop(Set<String> ids) {
    collect(
        ids,
        WorkflowIds.RECONCILIATIONS,
        service
            .listOpenWorkflowExecutions(
                ListOpenWorkflowExecutionsRequest.newBuilder().setNamespace(namespace).build())
            .getExecutionsList()
            .stream()
            .map(WorkflowExecutionInfo::getExecution)
            .map(execution -> execution.getWorkflowId()));
  }

  private static void collect(Set<String> ids, String prefix, Stream<String> names) {
    names
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        // A pass of its own has the installation's id and more.
        .map(name -> name.replaceFirst("/.*", ""))
        .forEach(ids::add);
  }
}
