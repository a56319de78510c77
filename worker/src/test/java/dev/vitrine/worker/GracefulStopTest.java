package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asserts the order of what happens, never how long it takes. */
@Timeout(120)
class GracefulStopTest {

  private static final String LONG = "long";
  private static final String SHORT = "short";

  /** No attempt ends by it within the test: a hand-over that is not reported hangs. */
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());
  private final WorkflowClient client = temporal.getWorkflowClient();

  /** One activity. */
  @ActivityInterface
  public interface Work {
    String work();
  }

  /** Runs the activity, as a regular one on another queue. */
  @WorkflowInterface
  public interface LongFlow {
    @WorkflowMethod
    String run();
  }

  /** Runs the activity, as a local one. */
  @WorkflowInterface
  public interface ShortFlow {
    @WorkflowMethod
    String run();
  }

  /** Its retry is at once, so that only the report of the first attempt is waited for. */
  public static final class LongFlowImpl implements LongFlow {
    private final Work work =
        Workflow.newActivityStub(
            Work.class,
            ActivityOptions.newBuilder()
                .setTaskQueue(LONG)
                .setStartToCloseTimeout(FOR_EVER)
                .setHeartbeatTimeout(FOR_EVER)
                .setRetryOptions(
                    RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(1)).build())
                .build());

    @Override
    public String run() {
      return work.work();
    }
  }

  /** Whose activity is short. */
  public static final class ShortFlowImpl implements ShortFlow {
    private final Work work =
        Workflow.newLocalActivityStub(
            Work.class, LocalActivityOptions.newBuilder().setStartToCloseTimeout(FOR_EVER).build());

    @Override
    public String run() {
      return work.work();
    }
  }

  @BeforeEach
  void startWorkflows() {
    Worker worker = temporal.newWorker("flows");
    worker.registerWorkflowImplementationTypes(LongFlowImpl.class);
    temporal.start();
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void handsOverWorkThatHeartbeats() {
    assertThatItIsHandedOver(
        () -> {
          while (true) {
            Activity.getExecutionContext().heartbeat("here");
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void handsOverWorkThatIsStuckInARead() {
    assertThatItIsHandedOver(GracefulStopTest::blockUntilInterrupted);
  }

  @Test
  void handsOverWorkThatLeavesItsThreadInterrupted() {
    assertThatItIsHandedOver(
        () -> {
          try {
            blockUntilInterrupted();
          } finally {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void letsShortWorkFinish() throws InterruptedException {
    CountDownLatch released = new CountDownLatch(1);
    WorkerFactory factory = factory();
    Worker worker = factory.newWorker(SHORT);
    worker.registerWorkflowImplementationTypes(ShortFlowImpl.class);
    worker.registerActivitiesImplementations(
        (Work)
            () -> {
              begun.countDown();
              await(released);
              events.add("finished");
              return "done";
            });
    factory.start();
    WorkflowStub flow = start("ShortFlow", SHORT);
    await(begun);

    Thread stopping =
        new Thread(
            () -> {
              GracefulStop.stop(List.of(), List.of(factory), FOR_EVER);
              events.add("stopped");
            });
    stopping.start();
    awaitShutdown(factory);
    released.countDown();
    stopping.join();

    assertThat(events).containsExactly("finished", "stopped");
    assertThat(resultOf(flow)).isEqualTo("done");
  }

  @Test
  void interruptsEverythingInTheEnd() throws InterruptedException {
    WorkerFactory factory = factory();
    Worker worker =
        factory.newWorker(
            LONG, WorkerOptions.newBuilder().setAllowActivityHeartbeatDuringShutdown(true).build());
    worker.registerActivitiesImplementations(attempt(GracefulStopTest::blockUntilInterrupted));
    factory.start();
    WorkflowStub flow = start("LongFlow", "flows");
    await(begun);

    GracefulStop.stop(List.of(), List.of(factory), Duration.ZERO);

    assertThat(events).containsExactly("left");
    assertThat(factory.isTerminated()).isTrue();
    flow.terminate("over");
  }

  private void assertThatItIsHandedOver(Runnable first) {
    WorkerFactory one = factory();
    one.newWorker(LONG).registerActivitiesImplementations(attempt(first));
    one.start();
    WorkflowStub flow = start("LongFlow", "flows");
    await(begun);

    GracefulStop.stop(List.of(one), List.of(), FOR_EVER);
    events.add("stopped");
    WorkerFactory two = factory();
    two.newWorker(LONG)
        .registerActivitiesImplementations(
            (Work)
                () -> {
                  events.add("taken over");
                  return "done";
                });
    two.start();

    assertThat(resultOf(flow)).isEqualTo("done");
    // A poll that was under way may bring the next attempt here once more, which is left as well.
    int stopped = events.indexOf("stopped");
    assertThat(events.subList(0, stopped)).isNotEmpty().containsOnly("left");
    assertThat(events.subList(stopped, events.size())).containsExactly("stopped", "taken over");
    GracefulStop.stop(List.of(two), List.of(), FOR_EVER);
  }

  private Work attempt(Runnable work) {
    return () -> {
      begun.countDown();
      try {
        work.run();
        return "done";
      } finally {
        events.add("left");
      }
    };
  }

  private WorkerFactory factory() {
    return WorkerFactory.newInstance(client, WorkerTuning.factory(Metering.NONE));
  }

  private WorkflowStub start(String type, String queue) {
    WorkflowStub flow =
        client.newUntypedWorkflowStub(
            type, WorkflowOptions.newBuilder().setTaskQueue(queue).build());
    flow.start();
    return flow;
  }

  private static String resultOf(WorkflowStub flow) {
    return flow.getResult(String.class);
  }

  private static void blockUntilInterrupted() {
    await(new CountDownLatch(1));
  }

  private static void awaitShutdown(WorkerFactory factory) {
    while (!factory.isShutdown()) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
