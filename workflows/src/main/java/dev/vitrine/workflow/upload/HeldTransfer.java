package dev.vitrine.workflow.upload;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.activity.Transferred;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.CurrentDetails;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.TransferOptions;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * The transfer of a stream that one process holds. The server may lose sight of that process
 * because it was away itself; then another activity on the process's own queue takes the running
 * transfer over. Only a process that neither takes it up nor gives the registry a sign of life
 * meanwhile is gone.
 */
final class HeldTransfer {

  /** Executions that had met a silent process before this was built have given it up. */
  private static final String TAKE_OVER = "held-transfer-take-over";

  /**
   * The change by which a transfer is taken over so often and not more. One that the last release
   * has taken over already goes on without a bound, because it may have passed it.
   */
  private static final String BOUNDED = "held-transfer-bounded";

  private final RegistrySteps registry;
  private final CurrentDetails steps;
  private final Source.HeldStream stream;
  private final String summary;

  HeldTransfer(
      RegistrySteps registry, CurrentDetails steps, Source.HeldStream stream, String summary) {
    this.registry = registry;
    this.steps = steps;
    this.stream = stream;
    this.summary = summary;
  }

  /**
   * Runs it to its end.
   *
   * @throws io.temporal.failure.TemporalFailure what it failed with; {@code Unavailable} if the
   *     process is gone
   */
  Transferred run(TransferRequest request) {
    try {
      return attempt(request, false);
    } catch (ActivityFailure failure) {
      requireSilence(failure);
      if (Workflow.getVersion(TAKE_OVER, Workflow.DEFAULT_VERSION, 1) == 1) {
        return takeOver(request);
      }
      throw failure;
    }
  }

  private Transferred takeOver(TransferRequest request) {
    steps.begin(
        "the process that holds the stream fell silent: another attempt on %s takes the transfer over,"
                .formatted(Markdown.code(stream.taskQueue()))
            + " or it is given up");
    boolean bounded = Workflow.getVersion(BOUNDED, Workflow.DEFAULT_VERSION, 1) == 1;
    Holder holder = Holder.SUSPECTED;
    while (!holder.isGivenUp(bounded)) {
      long signs = signsOfLife();
      try {
        return attempt(request, holder.isLost());
      } catch (ActivityFailure failure) {
        boolean takenUp = requireSilence(failure) == TimeoutType.TIMEOUT_TYPE_HEARTBEAT;
        holder = takenUp ? holder.takenUpAgain() : holder.unheard(signsOfLife() != signs);
      }
    }
    throw Failures.toTemporal(holder.error());
  }

  private Transferred attempt(TransferRequest request, boolean lost) {
    return Workflow.newActivityStub(TransferActivities.class, options(lost)).transfer(request);
  }

  /**
   * A transfer of a stream that one process holds: once, because a stream can't be replayed. A
   * process that lives polls its queue, and gives several signs of life within the
   * schedule-to-start timeout; one that falls silent for longer than its rarest heartbeat and a
   * little may be gone. The two together are how soon a dead one is noticed; that a living one is
   * suspected does no harm.
   *
   * @param lost whether it is known to live and not to have found back to the server yet
   */
  private ActivityOptions options(boolean lost) {
    return ActivityOptions.newBuilder(TransferOptions.transfer(summary))
        .setTaskQueue(stream.taskQueue())
        .setScheduleToStartTimeout(lost ? Duration.ofSeconds(10) : Duration.ofMillis(2500))
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .build();
  }

  private long signsOfLife() {
    return registry.streams(streams -> streams.signsOfLife(stream.taskQueue()));
  }

  /** Which silence of the process it is; throws the failure if it is another. */
  private static TimeoutType requireSilence(ActivityFailure failure) {
    if (failure.getCause() instanceof TimeoutFailure timeout) {
      TimeoutType type = timeout.getTimeoutType();
      if (type == TimeoutType.TIMEOUT_TYPE_HEARTBEAT
          || type == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START) {
        return type;
      }
    }
    throw failure;
  }

  /**
   * What is thought of the process.
   *
   * @param lives whether it gave a sign of life while it should have taken the last attempt up
   * @param unheard attempts in a row that it has not taken up
   * @param takenUp attempts that it has taken up, and fallen silent again
   */
  record Holder(boolean lives, int unheard, int takenUp) {

    /** It fell silent; that it is dead is to be seen. */
    static final Holder SUSPECTED = new Holder(true, 0, 0);

    /** Some ten minutes in which it lives and does not reach the server. */
    static final int MOST_UNHEARD = 60;

    /** Each leaves some ten events in a history, which has room for 50,000. */
    static final int MOST_TAKEN_UP = 500;

    /** It has not taken up another attempt. */
    Holder unheard(boolean gaveSign) {
      return new Holder(gaveSign, unheard + 1, takenUp);
    }

    /** It has taken up another attempt, and fallen silent again. */
    Holder takenUpAgain() {
      return new Holder(true, 0, takenUp + 1);
    }

    boolean isLost() {
      return unheard > 0;
    }

    /**
     * Whether there is no use in another attempt.
     *
     * @param bounded whether it may fall silent so often and not more
     */
    boolean isGivenUp(boolean bounded) {
      return !lives || unheard >= MOST_UNHEARD || (bounded && takenUp >= MOST_TAKEN_UP);
    }

    Unavailable error() {
      if (takenUp >= MOST_TAKEN_UP) {
        return new Unavailable(
            "the process that holds the stream fell silent %d times; upload again"
                .formatted(takenUp));
      }
      return new Unavailable(
          lives
              ? "the process that holds the stream does not reach Temporal; upload again"
              : "the process that held the stream is gone; upload again");
    }
  }
}
