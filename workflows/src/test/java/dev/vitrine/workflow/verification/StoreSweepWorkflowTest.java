package dev.vitrine.workflow.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepMark;
import dev.vitrine.activity.SweepMark.Part;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.activity.SweepRequest;
import dev.vitrine.activity.SweepStretch;
import dev.vitrine.activity.VerificationActivities;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.registration.VitrineWorkflows;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StoreSweepWorkflowTest {

  private static final TaskQueues QUEUES = TaskQueues.of(new InstallationId("test"));
  private static final SweepOrder ORDER =
      new SweepOrder("main", true, true, false, Duration.ofHours(1), 10, 20);

  private final List<SweepRequest> requests = new CopyOnWriteArrayList<>();
  private TestWorkflowEnvironment server;
  private int stretches;

  @BeforeEach
  void start() {
    server = TestWorkflowEnvironment.newInstance();
    Worker worker = server.newWorker(QUEUES.workflows());
    VitrineWorkflows.register(worker);
    server.newWorker(QUEUES.verifications()).registerActivitiesImplementations(new Stretches());
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Each finds as much as it has room for and three more. */
  private final class Stretches implements VerificationActivities {

    @Override
    public LocationCheck verifyLocation(UUID imageId, UUID locationId) {
      throw new IllegalStateException();
    }

    @Override
    public SweepStretch sweep(SweepRequest request) {
      requests.add(request);
      int number = requests.size();
      SweepFinding finding =
          new SweepFinding(
              SweepFinding.Kind.ORPHAN, "main", "key", new UUID(0, number), "no row knows", false);
      SweepCounts counts = SweepCounts.NONE;
      for (int i = 0; i < 3; i++) {
        counts = counts.plus(finding);
      }
      List<SweepFinding> carried =
          List.of(finding, finding, finding).subList(0, Math.min(3, request.room()));
      return new SweepStretch(
          counts,
          carried,
          number == stretches ? null : new SweepMark(Part.PUBLISHED, "main", "key" + number));
    }
  }

  private WorkflowStub run() {
    StoreSweepWorkflow sweep =
        server
            .getWorkflowClient()
            .newWorkflowStub(
                StoreSweepWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId("store-sweep/test")
                    .setTaskQueue(QUEUES.workflows())
                    .build());
    WorkflowStub stub = WorkflowStub.fromTyped(sweep);
    stub.start(SweepRun.of(ORDER));
    return stub;
  }

  @Test
  void goesOnWhereTheLastStretchEndedAndAsANewExecutionAfterAHundred() {
    stretches = 120;
    WorkflowStub sweep = run();
    String first = sweep.getExecution().getRunId();

    SweepResult result = sweep.getResult(SweepResult.class);

    assertThat(requests.get(0).from()).isEqualTo(SweepMark.START);
    assertThat(requests.get(100).from()).isEqualTo(new SweepMark(Part.PUBLISHED, "main", "key100"));
    assertThat(requests).allMatch(request -> request.order().equals(ORDER));
    assertThat(result.counts().orphans()).isEqualTo(360);
    List<HistoryEvent> events =
        server.getWorkflowClient().fetchHistory("store-sweep/test", first).getEvents();
    assertThat(events.get(events.size() - 1).hasWorkflowExecutionContinuedAsNewEventAttributes())
        .isTrue();
  }

  @Test
  void carriesAHundredFindingsAtMost() {
    stretches = 40;
    SweepResult result = run().getResult(SweepResult.class);

    assertThat(result.findings()).hasSize(100);
    assertThat(result.counts().orphans()).isEqualTo(120);
    assertThat(requests.get(1).room()).isEqualTo(97);
    assertThat(requests.get(39).room()).isZero();
  }

  @Test
  void hasAnIdForEachOrder() {
    assertThat(ORDER.words()).isEqualTo("read-orphans/main");
    assertThat(new SweepOrder(null, false, true, true, Duration.ZERO, 0, 0).words())
        .isEqualTo("look-orphans-repair");
    assertThatThrownBy(() -> new SweepOrder(null, false, true, true, Duration.ofSeconds(-1), 0, 0))
        .isInstanceOf(Invalid.class);
  }
}
