package dev.vitrine.torture;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.torture.RegistryRows.ImageRow;
import dev.vitrine.torture.RegistryRows.TaskRow;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Has a cluster work, does it harm, lets it come to rest, and judges. */
public final class Torture {

  /** What is open for its own sake, or for as long as data is staged. */
  private static final Set<String> MAY_BE_OPEN =
      Set.of("Reconciliation", "temporal-sys-scheduler-workflow", "ImageStage");

  private final TorturePlan plan;

  public Torture(TorturePlan plan) {
    this.plan = plan;
  }

  /**
   * Does it all; leaves no process, and everything in the plan's directory.
   *
   * @throws Unavailable if the cluster does not even start
   */
  public TortureReport run() throws IOException, InterruptedException {
    try (TortureCluster cluster = new TortureCluster(plan);
        TortureSource source = new TortureSource()) {
      plan.progress().accept("starting");
      cluster.revive();
      cluster.awaitApis();
      TortureWork work =
          new TortureWork(
              cluster.apis(),
              cluster.stores().stream().map(TortureStore::name).toList(),
              source,
              cluster.exports().toUri().toString(),
              plan.seed());
      TortureHarm harm = new TortureHarm(cluster, source, plan.restartRegistry(), plan.seed());
      List<Thread> clients = work.start();
      long end = System.nanoTime() + plan.duration().toNanos();
      while (System.nanoTime() < end) {
        harm.next();
        plan.progress().accept("seed %d: %d times harm".formatted(plan.seed(), harm.done().size()));
      }
      work.stop();
      for (Thread client : clients) {
        client.join();
      }
      plan.progress().accept("waiting for calm");
      return judged(cluster, work, harm);
    } catch (SQLException e) {
      throw new Unavailable("the registry can't be read: " + e.getMessage());
    }
  }

  private TortureReport judged(TortureCluster cluster, TortureWork work, TortureHarm harm)
      throws IOException, InterruptedException, SQLException {
    List<String> violations = new ArrayList<>(work.violations());
    List<String> restless = calm(cluster);
    restless.forEach(one -> violations.add("not at rest: " + one));
    RegistryRows rows = RegistryRows.read(plan.registry());
    violations.addAll(new TortureVerdict(cluster, rows, work.sent(), work.promised()).violations());
    return new TortureReport(
        plan.seed(),
        new TreeMap<>(work.answers()),
        harm.done(),
        counted(rows.images(), ImageRow::status),
        counted(rows.tasks(), TaskRow::status),
        violations);
  }

  private static <T> Map<String, Integer> counted(List<T> rows, Function<T, String> status) {
    return rows.stream().collect(Collectors.toMap(status, row -> 1, Integer::sum, TreeMap::new));
  }

  /** Waits until everything is at rest; what is not after the plan's time. */
  private List<String> calm(TortureCluster cluster) throws InterruptedException, SQLException {
    WorkflowServiceStubs temporal =
        WorkflowServiceStubs.newConnectedServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(cluster.temporalAddress()).build(),
            Duration.ofMinutes(1));
    try {
      long end = System.nanoTime() + plan.calm().toNanos();
      while (true) {
        cluster.revive();
        RegistryRows rows = RegistryRows.read(plan.registry());
        List<String> restless = TortureVerdict.restless(rows, open(temporal, rows.installation()));
        if (restless.isEmpty() || System.nanoTime() > end) {
          return restless;
        }
        plan.progress().accept("waiting for calm: %d things".formatted(restless.size()));
        TimeUnit.MILLISECONDS.sleep(500);
      }
    } finally {
      temporal.shutdownNow();
    }
  }

  private static List<String> open(WorkflowServiceStubs temporal, String installation) {
    return temporal
        .blockingStub()
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace("default")
                .setQuery(
                    "TaskQueue='vitrine-%s' AND ExecutionStatus='Running'".formatted(installation))
                .build())
        .getExecutionsList()
        .stream()
        .filter(one -> !MAY_BE_OPEN.contains(one.getType().getName()))
        .map(Torture::described)
        .toList();
  }

  private static String described(WorkflowExecutionInfo one) {
    return "workflow %s (%s) is open"
        .formatted(one.getExecution().getWorkflowId(), one.getType().getName());
  }
}
