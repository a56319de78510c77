package dev.vitrine.worker;

import dev.vitrine.config.Settings;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, whose list people look at. */
class PassesLeaveNoRowsIT {

  private static final int PASSES = 6;

  @Test
  void onlyTheLastOfThoseThatDidNothingIsInTheList(@TempDir Path directory) throws Exception {
    Map<String, String> environment =
        Map.of(
            "VITRINE_REGISTRY_URL", "jdbc:sqlite:" + directory.resolve("registry.db"),
            "VITRINE_STORES", "local=" + directory.resolve("store"),
            "VITRINE_RECONCILIATION_INTERVAL", "1s");
    try (TestWorkflowEnvironment temporal = RealTemporal.start();
        VitrineWorker worker =
            VitrineWorker.start(
                temporal.getWorkflowClient(),
                Settings.load(null, environment),
                Clock.systemUTC())) {
      ScheduleHandle schedule =
          ScheduleClient.newInstance(temporal.getWorkflowServiceStubs())
              .getHandle(WorkflowIds.schedule(worker.installation()));
      Installation.await("it is made", () -> exists(schedule));
      Installation.await(
          "passes are made", () -> schedule.describe().getInfo().getNumActions() >= PASSES);
      schedule.pause("by a test");

      // The last one, and the one before it if the server is about to take it away.
      Installation.await("the list is short", () -> rows(temporal.getWorkflowClient()) <= 2);
    }
  }

  private static boolean exists(ScheduleHandle schedule) {
    try {
      return schedule.describe() != null;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private static long rows(WorkflowClient client) {
    return client.listExecutions("WorkflowType = 'Reconciliation'").count();
  }
}
