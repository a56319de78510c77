package dev.vitrine.bench.durable;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** A workflow that does nothing but what makes it durable. */
@WorkflowInterface
public interface FloorWorkflow {

  /**
   * Runs activities that do nothing.
   *
   * @param regular first of all so many that go by way of the server
   * @param local and then so many that don't
   * @return how many it were
   */
  @WorkflowMethod(name = "BenchFloor")
  int run(int regular, int local);

  /** Activities that do nothing. */
  @ActivityInterface
  interface Steps {

    /** Does nothing. */
    String step(String given);
  }

  /** The activities. */
  final class StepsImpl implements Steps {
    @Override
    public String step(String given) {
      return given;
    }
  }

  /** The workflow. */
  final class Impl implements FloorWorkflow {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    @Override
    public int run(int regular, int local) {
      Steps dispatched =
          Workflow.newActivityStub(
              Steps.class,
              ActivityOptions.newBuilder().setStartToCloseTimeout(LONG_ENOUGH).build());
      Steps inline =
          Workflow.newLocalActivityStub(
              Steps.class,
              LocalActivityOptions.newBuilder().setStartToCloseTimeout(LONG_ENOUGH).build());
      int done = 0;
      for (int step = 0; step < regular; step++) {
        done += dispatched.step("1").length();
      }
      for (int step = 0; step < local; step++) {
        done += inline.step("1").length();
      }
      return done;
    }
  }
}
