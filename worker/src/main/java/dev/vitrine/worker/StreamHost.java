package dev.vitrine.worker;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.registry.StreamHosts;
import dev.vitrine.source.HeldStreams;
import dev.vitrine.workflow.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams that this process holds, the worker on a task queue of its own that transfers them,
 * and its signs of life. All start with the first stream, unless they were started before: most
 * processes never hold one.
 */
final class StreamHost {

  /** Several fall into the time in which a process that lives has to take an attempt up. */
  private static final Duration SIGN_OF_LIFE = Duration.ofMillis(700);

  /** The connection that a stream comes by has the first word on a pause. */
  private static final Duration AFTER_THE_CONNECTION = Duration.ofSeconds(10);

  private final String taskQueue;
  private final HeldStreams streams;
  private final WorkflowClient client;
  private final WorkerFactoryOptions factoryOptions;
  private final WorkerOptions options;
  private final Supplier<TransferActivities> activities;
  private final StreamHosts hosts;
  private @Nullable LivenessReporter signs;
  private @Nullable WorkerFactory factory;
  private boolean stopped;

  /**
   * @param queues of the installation
   * @param options of the worker that transfers them
   * @param pause how long a stream may pause
   * @param activities asked for once, when the worker starts
   */
  StreamHost(
      WorkflowClient client,
      TaskQueues queues,
      WorkerFactoryOptions factoryOptions,
      WorkerOptions options,
      Supplier<TransferActivities> activities,
      StreamHosts hosts,
      Duration pause) {
    this.taskQueue = queues.streams(host() + "-" + UUID.randomUUID());
    this.client = client;
    this.factoryOptions = factoryOptions;
    this.options = options;
    this.activities = activities;
    this.hosts = hosts;
    this.streams = new HeldStreams(pause.plus(AFTER_THE_CONNECTION));
  }

  /** Where the transfer activities look for a stream. */
  HeldStreams streams() {
    return streams;
  }

  Source.HeldStream hold(InputStream stream, @Nullable Long size) {
    start();
    return new Source.HeldStream(taskQueue, streams.hold(stream, size));
  }

  CompletableFuture<Boolean> stored(Source.HeldStream stream) {
    return streams.stored(stream.handle());
  }

  void release(Source.HeldStream stream) {
    streams.release(stream.handle());
  }

  /** What has to be stopped; no stream is held from now on. */
  synchronized List<WorkerFactory> stop() {
    stopped = true;
    return factory == null ? List.of() : List.of(factory);
  }

  /** After what {@link #stop} gave has stopped. */
  synchronized void close() {
    if (signs != null) {
      signs.close();
    }
  }

  /** Starts the worker, if it isn't running: the first stream then waits for nothing. */
  synchronized void start() {
    if (stopped) {
      throw new Unavailable("this process is stopping; ask again, and another one answers");
    }
    if (factory == null) {
      WorkerFactory starting = WorkerFactory.newInstance(client, factoryOptions);
      starting.newWorker(taskQueue, options).registerActivitiesImplementations(activities.get());
      try {
        starting.start();
      } catch (StatusRuntimeException e) {
        throw VitrineException.because(
            e,
            new Unavailable("Temporal does not answer: %s; try again".formatted(e.getMessage())));
      }
      factory = starting;
      signs = new LivenessReporter(hosts, taskQueue, () -> !streams.isEmpty(), SIGN_OF_LIFE);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
