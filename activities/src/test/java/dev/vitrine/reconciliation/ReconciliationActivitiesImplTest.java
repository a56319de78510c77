package dev.vitrine.reconciliation;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.Finding.Kind;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.Location;
import dev.vitrine.registry.AdjustableClock;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.Samples;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.workflow.WorkflowIds;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReconciliationActivitiesImplTest {

  private static final Home HERE = new Home("default", "1", null);
  private static final String NOBODY = "a queue without a worker";
  private static final String SOMEBODY = "a queue with a worker";

  private final AdjustableClock clock = new AdjustableClock();
  private static TestWorkflowEnvironment server;
  private Registry registry;
  private ReconciliationActivitiesImpl activities;

  /** Stands in for any workflow: ends at once, or waits to be cancelled. */
  @WorkflowInterface
  public interface Stand {
    @WorkflowMethod
    void stand(boolean waits);
  }

  public static final class StandImpl implements Stand {
    @Override
    public void stand(boolean waits) {
      Workflow.await(() -> !waits);
    }
  }

  @BeforeAll
  static void start() {
    server = TestWorkflowEnvironment.newInstance();
    server.newWorker(SOMEBODY).registerWorkflowImplementationTypes(StandImpl.class);
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    registry =
        Registries.open(RegistryConfig.of("jdbc:sqlite:" + folder.resolve("registry.db")), clock);
    activities = on(server.getWorkflowClient());
  }

  private ReconciliationActivitiesImpl on(WorkflowClient client) {
    return new ReconciliationActivitiesImpl(
        registry, client, HERE, Duration.ofHours(1), new NotedHeartbeat());
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private WorkflowStub run(String workflowId, String queue, boolean waits) {
    WorkflowStub stub =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Stand",
                WorkflowOptions.newBuilder().setWorkflowId(workflowId).setTaskQueue(queue).build());
    stub.start(waits);
    return stub;
  }

  private WorkflowStub runs(String workflowId) {
    return run(workflowId, NOBODY, true);
  }

  private Image saving() {
    UUID id = registry.images().create(op(), Samples.image()).id();
    begin(id, WorkflowIds.upload(id));
    return registry.lookup().find(id).orElseThrow();
  }

  private Location begin(UUID id, String workflowId) {
    Operation begin = new Operation(UUID.randomUUID().toString(), workflowId, "run", "a test");
    return registry.uploads().begin(begin, id, FailurePolicy.KILL, "main", null);
  }

  private UUID task() {
    return registry.tasks().create(op(), UUID.randomUUID(), Samples.IMPORT, Samples.ALICE).id();
  }

  @Test
  void findsNothingWhereEveryWorkflowIsLive() {
    runs(WorkflowIds.upload(saving().id()));
    runs(WorkflowIds.task(task()));
    Image deleted = registry.deletions().delete(op(), saving().id(), Duration.ZERO);
    runs(WorkflowIds.deletion(deleted.id()));
    Image requeued = registry.uploads().fail(op(), saving().id(), FailurePolicy.REQUEUE);
    UUID left = registry.locations().of(requeued.id()).get(0).id();
    runs(WorkflowIds.removal(requeued.id(), left));

    assertThat(activities.findUnsettled(100)).isEmpty();
  }

  @Test
  void findsNothingInWhatIsSettled() {
    registry.images().create(op(), Samples.image());
    UUID task = task();
    registry.taskRuns().fail(op(), task, null, "no");
    registry
        .deletions()
        .delete(op(), registry.images().create(op(), Samples.image()).id(), Duration.ZERO);

    assertThat(activities.findUnsettled(100)).isEmpty();
  }

  @Test
  void findsAnUploadThatTheServerDoesNotKnow() {
    Image image = saving();

    assertThat(activities.findUnsettled(100))
        .containsExactly(
            new Finding(
                Kind.ABANDONED_UPLOAD,
                image.id(),
                null,
                registry.locations().of(image.id()).get(0).id(),
                FailurePolicy.KILL,
                "image %s is saving; workflow image-upload/%s is unknown to the server"
                    .formatted(image.id(), image.id()),
                null));
  }

  @Test
  void findsATerminatedTaskWithItsImage() {
    UUID task = task();
    UUID imageId = UUID.randomUUID();
    registry.taskRuns().start(op(), task, imageId);
    runs(WorkflowIds.task(task)).terminate("by hand");

    assertThat(activities.findUnsettled(100))
        .containsExactly(
            new Finding(
                Kind.ABANDONED_TASK,
                imageId,
                task,
                null,
                null,
                "task %s is processing; workflow task/%s was terminated".formatted(task, task),
                null));
  }

  @Test
  void findsACancelledTaskThatNeverBegan() {
    UUID task = task();
    WorkflowStub workflow = run(WorkflowIds.task(task), SOMEBODY, true);
    workflow.cancel();
    assertThatThrownBy(() -> workflow.getResult(Void.class)).isInstanceOf(RuntimeException.class);

    assertThat(activities.findUnsettled(100))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.ABANDONED_TASK);
              assertThat(finding.taskId()).isEqualTo(task);
              assertThat(finding.imageId()).isNull();
              assertThat(finding.detail()).endsWith("was cancelled");
            });
  }

  @Test
  void findsAnUploadThatEndedWithoutSettlingItsImage() {
    Image image = saving();
    run(WorkflowIds.upload(image.id()), SOMEBODY, false).getResult(Void.class);

    assertThat(activities.findUnsettled(100))
        .singleElement()
        .extracting(Finding::detail)
        .asString()
        .endsWith("ended without settling it");
  }

  @Test
  void looksAtTheLatestRun() {
    Image image = saving();
    runs(WorkflowIds.upload(image.id())).terminate("by hand");
    runs(WorkflowIds.upload(image.id()));

    assertThat(activities.findUnsettled(100)).isEmpty();
  }

  @Test
  void findsDeletionsThatNobodyEnds() {
    Image pending =
        registry
            .deletions()
            .delete(
                op(),
                registry.images().create(op(), Samples.emptyImage()).id(),
                Samples.SCRUB_TIME);
    clock.advance(Duration.ofSeconds(1));
    Image deleted = registry.deletions().delete(op(), saving().id(), Duration.ZERO);
    assertThat(activities.findUnsettled(100))
        .extracting(Finding::imageId)
        .containsExactly(deleted.id());
    clock.advance(Samples.SCRUB_TIME);

    assertThat(activities.findUnsettled(100))
        .extracting(Finding::kind, Finding::imageId)
        .containsExactly(
            tuple(Kind.UNFINISHED_DELETION, pending.id()),
            tuple(Kind.UNFINISHED_DELETION, deleted.id()));
  }

  @Test
  void findsADeletedImageWhoseUploadWasNotTold() {
    Image deleted = registry.deletions().delete(op(), saving().id(), Duration.ZERO);
    runs(WorkflowIds.upload(deleted.id()));

    assertThat(activities.findUnsettled(100))
        .extracting(Finding::kind, Finding::imageId)
        .containsExactly(tuple(Kind.UNFINISHED_DELETION, deleted.id()));
  }

  @Test
  void asksAboutTheUploadThatHoldsTheImageAndNoOther() {
    Image image = saving();
    registry.uploads().fail(op(), image.id(), FailurePolicy.REQUEUE);
    registry.locations().forget(registry.locations().of(image.id()).get(0).id());
    String second = WorkflowIds.upload(image.id(), 2);
    Location location = begin(image.id(), second);
    WorkflowStub live = runs(second);
    assertThat(activities.findUnsettled(100)).isEmpty();

    live.terminate("by hand");
    runs(WorkflowIds.upload(image.id()));

    assertThat(activities.findUnsettled(100))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.detail()).contains(second);
              assertThat(finding.locationId()).isEqualTo(location.id());
            });
  }

  @Test
  void findsALocationThatAFailedUploadLeft() {
    Image requeued = registry.uploads().fail(op(), saving().id(), FailurePolicy.REQUEUE);
    Location location = registry.locations().of(requeued.id()).get(0);

    assertThat(activities.findUnsettled(100))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.LEFTOVER_LOCATION);
              assertThat(finding.imageId()).isEqualTo(requeued.id());
              assertThat(finding.locationId()).isEqualTo(location.id());
            });
  }

  /** The SDK gives an attempt back what it has told itself, too. */
  @Test
  void findsWhatIsOlderThanTheLastOfAnotherKind() {
    UUID task = task();
    clock.advance(Duration.ofSeconds(1));
    Image image = saving();
    ScanMark behind = registry.backlog().page(Kind.ABANDONED_UPLOAD, null, 1).get(0).mark();
    Heartbeat own =
        new Heartbeat() {
          @Override
          public void at(@Nullable ScanMark mark) {}

          @Override
          public Optional<ScanMark> last() {
            return Optional.of(behind);
          }
        };

    assertThat(
            new ReconciliationActivitiesImpl(
                    registry, server.getWorkflowClient(), HERE, Duration.ofHours(1), own)
                .findUnsettled(100))
        .extracting(Finding::imageId, Finding::taskId)
        .containsExactly(tuple(image.id(), null), tuple(null, task));
  }

  @Test
  void findsNoMoreThanAskedForAndSeesPastLiveOnes() {
    for (int i = 0; i < 5; i++) {
      runs(WorkflowIds.upload(saving().id()));
    }
    clock.advance(Duration.ofSeconds(1));
    saving();
    task();
    task();

    List<Finding> findings = activities.findUnsettled(2);

    assertThat(findings)
        .extracting(Finding::kind)
        .containsExactly(Kind.ABANDONED_UPLOAD, Kind.ABANDONED_TASK);
  }

  @Test
  void takesNoAnswerForNoVerdict() {
    saving();
    WorkflowServiceStubs nobody =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:1").build());
    nobody.shutdownNow();
    ReconciliationActivitiesImpl alone = on(WorkflowClient.newInstance(nobody));

    assertThatThrownBy(() -> alone.findUnsettled(100)).isInstanceOf(StatusRuntimeException.class);
    nobody.shutdownNow();
  }

  @Test
  void removesWhatHasExpired() {
    registry.taskRuns().fail(op(), task(), null, "no");
    registry
        .deletions()
        .delete(op(), registry.images().create(op(), Samples.image()).id(), Duration.ZERO);
    clock.advance(Duration.ofDays(30));

    assertThat(activities.removeExpiredTasks()).isEqualTo(1);
    assertThat(activities.purgeDeletedImages()).isEqualTo(1);
  }
}
