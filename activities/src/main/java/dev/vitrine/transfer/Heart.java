package dev.vitrine.transfer;

import dev.vitrine.activity.TransferHeartbeat;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt has of the activity it runs in.
 *
 * @param heartbeat takes the details; throws when the attempt has to end
 * @param last what the last attempt heartbeat; null on the first
 * @param attempt from 1
 * @param timeout after which the server takes the attempt for dead; zero for never
 */
record Heart(
    Consumer<Object> heartbeat, @Nullable TransferHeartbeat last, int attempt, Duration timeout) {

  static Heart ofActivity() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    return new Heart(
        context::heartbeat,
        context.getHeartbeatDetails(TransferHeartbeat.class).orElse(null),
        Math.max(1, context.getInfo().getAttempt()),
        context.getInfo().getHeartbeatTimeout());
  }
}
