package dev.vitrine.worker;

import dev.vitrine.config.WorkerSettings;
import dev.vitrine.transfer.AtOnceActivitiesImpl;
import dev.vitrine.workflow.registration.FailsOnFaults;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The numbers of the Temporal workers, each with its reason. */
final class WorkerTuning {

  /** How often the scan's heartbeat may go out. */
  private static final Duration SCAN_HEARTBEAT = Duration.ofSeconds(1);

  /** A transfer lasts long: there is seldom more than one to fetch at a time. */
  private static final int TRANSFER_POLLERS = 2;

  private static final int REMOVALS = 8;

  private static final int VERIFICATIONS = 2;

  /** Often enough for whoever looks, and that another worker goes on near by. */
  private static final Duration VERIFICATION_HEARTBEAT = Duration.ofSeconds(5);

  /**
   * How long workflow code may run without a pause before the SDK takes it for stuck. Its second is
   * over on a busy machine while the first workflow's classes are still being loaded.
   */
  private static final Duration STUCK = Duration.ofSeconds(10);

  /** The attempt that moves a stream, the last one that follows it, and the next. */
  private static final int ATTEMPTS = 3;

  private WorkerTuning() {}

  /** What every factory has in common. */
  static WorkerFactoryOptions factory(Metering metering) {
    return WorkerFactoryOptions.newBuilder()
        .setWorkerInterceptors(
            // Each is asked by the one behind it: spans know what log lines are about.
            Stream.of(
                    Stream.of(new InterruptedActivityReports()),
                    metering.tracing().work().stream(),
                    Stream.of(
                        new WorkLogContext(), new BackgroundActivities(), new FailsOnFaults()),
                    metering.work().stream())
                .flatMap(interceptors -> interceptors)
                .toArray(WorkerInterceptor[]::new))
        .build();
  }

  /**
   * Of the worker that runs workflows and changes the registry.
   *
   * @param connections of the registry: an activity beyond their number would sit in its
   *     start-to-close timeout waiting for one; before it starts it may wait without harm. Local
   *     activities that read a source meanwhile keep no connection
   * @param deployment that it is a version of; null for none
   */
  static WorkerOptions workflows(int connections, WorkerSettings.@Nullable Deployment deployment) {
    WorkerOptions.Builder options =
        WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(STUCK.toMillis())
            .setMaxConcurrentLocalActivityExecutionSize(
                connections + AtOnceActivitiesImpl.CONCURRENT_SOURCES)
            .setMaxConcurrentActivityExecutionSize(connections)
            .setMaxHeartbeatThrottleInterval(SCAN_HEARTBEAT)
            .setDefaultHeartbeatThrottleInterval(SCAN_HEARTBEAT);
    if (deployment != null) {
      options.setDeploymentOptions(
          WorkerDeploymentOptions.newBuilder()
              .setUseVersioning(true)
              .setVersion(new WorkerDeploymentVersion(deployment.name(), deployment.buildId()))
              // What is under way goes on with whatever is current: no version waits for days.
              .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
              .build());
    }
    return options.build();
  }

  /**
   * Of the worker that shares the transfers with other processes.
   *
   * @param concurrentTransfers more would only slow each other down
   * @param heartbeat how often a heartbeat may go out. The SDK's own measure is four fifths of the
   *     heartbeat timeout: a cancelled transfer would go on for so long, and a crash would lose as
   *     much progress. Transfers space their heartbeats further themselves
   */
  static WorkerOptions transfers(int concurrentTransfers, Duration heartbeat) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(concurrentTransfers)
        .setMaxConcurrentActivityTaskPollers(Math.min(TRANSFER_POLLERS, concurrentTransfers))
        .setMaxHeartbeatThrottleInterval(heartbeat)
        .setDefaultHeartbeatThrottleInterval(heartbeat)
        .build();
  }

  /**
   * Of the worker that removes data, beside the transfers so that it never waits for one. Brief
   * work; more at once would only make the store's directory operations wait for each other.
   */
  static WorkerOptions removals() {
    return WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(REMOVALS).build();
  }

  /** Reading on nobody's behalf who is in a hurry: a few at once, beside all that is. */
  static WorkerOptions verifications() {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(VERIFICATIONS)
        .setMaxConcurrentActivityTaskPollers(1)
        .setMaxHeartbeatThrottleInterval(VERIFICATION_HEARTBEAT)
        .setDefaultHeartbeatThrottleInterval(VERIFICATION_HEARTBEAT)
        .build();
  }

  /** One slot for each endpoint, which its delivery holds as long as it goes on. */
  static WorkerOptions webhooks(int endpoints) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(endpoints)
        .setMaxConcurrentActivityTaskPollers(1)
        .build();
  }

  /**
   * Of the worker for the streams that this process holds. Nobody else can go on with one, so that
   * they keep their heartbeats, and their grace, while the process ends.
   *
   * <p>There are more slots than streams: after an outage of the server a stream's next attempt has
   * to be taken up while those before it, which it takes over, have not ended yet.
   *
   * @param concurrentStreams as many as are accepted: one that waits for another's end is given up
   *     after seconds, since its process seems to be gone
   * @param heartbeat as for {@link #transfers}
   */
  static WorkerOptions streams(int concurrentStreams, Duration heartbeat) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(ATTEMPTS * concurrentStreams)
        .setMaxConcurrentActivityTaskPollers(Math.min(TRANSFER_POLLERS, concurrentStreams))
        .setMaxHeartbeatThrottleInterval(heartbeat)
        .setDefaultHeartbeatThrottleInterval(heartbeat)
        .setAllowActivityHeartbeatDuringShutdown(true)
        .build();
  }
}
