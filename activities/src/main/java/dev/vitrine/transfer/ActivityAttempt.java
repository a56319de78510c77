package dev.vitrine.transfer;

import dev.vitrine.activity.TransferHeartbeat;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.WorkflowClient;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt has of the activity it runs in.
 *
 * @param heartbeat takes the details; throws when the attempt has to end
 * @param last what the last attempt heartbeat; null on the first
 * @param attempt from 1
 * @param timeout after which the server takes the attempt for dead; zero for never
 * @param retryIn how long after a failure of this attempt the next one is; null if there is none
 * @param serverAnswers whether the server can be reached; asks it, for seconds at most
 */
record ActivityAttempt(
    Consumer<Object> heartbeat,
    @Nullable TransferHeartbeat last,
    int attempt,
    Duration timeout,
    @Nullable Duration retryIn,
    BooleanSupplier serverAnswers) {

  static ActivityAttempt ofActivity() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    ActivityInfo info = context.getInfo();
    int attempt = Math.max(1, info.getAttempt());
    return new ActivityAttempt(
        context::heartbeat,
        context.getHeartbeatDetails(TransferHeartbeat.class).orElse(null),
        attempt,
        info.getHeartbeatTimeout(),
        retryIn(info.getRetryOptions(), attempt),
        () -> answers(context.getWorkflowClient()));
  }

  /**
   * Of a local activity, which has no heartbeats.
   *
   * @param patience after which it has to end; null for as long as it takes
   */
  static ActivityAttempt atOnce(@Nullable Duration patience) {
    long began = System.nanoTime();
    return new ActivityAttempt(
        details -> {
          if (patience != null && System.nanoTime() - began > patience.toNanos()) {
            throw new ActivityCanceledException();
          }
        },
        null,
        1,
        Duration.ZERO,
        null,
        () -> true);
  }

  private static boolean answers(WorkflowClient client) {
    try {
      var unused =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .withDeadlineAfter(2, TimeUnit.SECONDS)
              .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException away) {
      return false;
    }
  }

  /** By the policy that the server keeps to. */
  static @Nullable Duration retryIn(@Nullable RetryOptions policy, int attempt) {
    if (policy == null
        || policy.getInitialInterval() == null
        || (policy.getMaximumAttempts() > 0 && attempt >= policy.getMaximumAttempts())) {
      return null;
    }
    double seconds =
        policy.getInitialInterval().toMillis()
            / 1000.0
            * Math.pow(policy.getBackoffCoefficient(), attempt - 1);
    Duration most = policy.getMaximumInterval();
    return Duration.ofMillis(
        (long) (1000 * (most == null ? seconds : Math.min(seconds, most.toMillis() / 1000.0))));
  }
}
