package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.config.Settings;
import dev.vitrine.image.NewImage;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As many transfers as a process takes by default, all at once, and none of them getting on. */
@Timeout(180)
class HeartbeatRateTest {

  private static final Requester SOMEBODY = Requester.member("ann", "acme");
  private static final int STREAMS = 64;
  private static final int TRANSFERS = 8;

  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());
  private final AtomicInteger heartbeats = new AtomicInteger();
  private final CountDownLatch reading = new CountDownLatch(STREAMS);
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<StallingSource> sources = new ArrayList<>();
  @TempDir private Path directory;

  /** Counts what goes to the server. */
  private final class Counting implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      if ("RecordActivityTaskHeartbeat".equals(method.getBareMethodName())) {
        heartbeats.incrementAndGet();
      }
      return next.newCall(method, options);
    }
  }

  /** A client that sends nothing. */
  private final class Silent extends InputStream {
    @Override
    public int read() throws IOException {
      return read(new byte[1], 0, 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      reading.countDown();
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("the client is gone");
    }
  }

  @AfterEach
  void stop() {
    over.countDown();
    sources.forEach(StallingSource::close);
    temporal.close();
  }

  @Test
  void staysBelowTheRateWithAsManyTransfersAsAProcessTakes() throws Exception {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setChannel(temporal.getWorkflowServiceStubs().getRawChannel())
                .addGrpcClientInterceptor(new Counting())
                .build());
    WorkflowClient client = WorkflowClient.newInstance(stubs);
    try (VitrineWorker worker =
        VitrineWorker.start(client, Settings.load(null, environment()), Clock.systemUTC())) {
      for (int i = 0; i < STREAMS; i++) {
        var unused = upload(worker, worker.hold(new Silent(), null));
      }
      for (int i = 0; i < TRANSFERS; i++) {
        StallingSource source = new StallingSource(new byte[4096]);
        sources.add(source);
        var unused = upload(worker, new Source.Url(source.url()));
      }
      assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
      for (StallingSource source : sources) {
        source.awaitStall();
      }

      long began = System.nanoTime();
      int before = heartbeats.get();
      int more = STREAMS + TRANSFERS;
      Installation.await("everybody has heartbeaten", () -> heartbeats.get() >= before + more);
      double seconds = (System.nanoTime() - began) / 1e9;

      // Turns of a second may have been saved up, and a few are taken by whoever can't wait.
      assertThat((heartbeats.get() - before) / (seconds + 1)).isLessThan(12);
      over.countDown();
    }
  }

  /** The server takes each for dead after as long as the settings say. */
  @Test
  void isTakenForDeadAfterTheTimeThatIsSet() throws Exception {
    WorkflowClient client = temporal.getWorkflowClient();
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("VITRINE_TRANSFER_HEARTBEAT_TIMEOUT", "7s");
    try (VitrineWorker worker =
        VitrineWorker.start(client, Settings.load(null, environment), Clock.systemUTC())) {
      StallingSource source = new StallingSource(new byte[4096]);
      sources.add(source);

      String byReference = upload(worker, new Source.Url(source.url()));
      String ofAStream = upload(worker, worker.hold(new Silent(), null));

      for (String workflow : List.of(byReference, ofAStream)) {
        Installation.await("it is scheduled", () -> !heartbeatTimeouts(workflow).isEmpty());
        assertThat(heartbeatTimeouts(workflow)).containsOnly(7L);
      }
      over.countDown();
    }
  }

  /** In seconds, of the activities that were scheduled. */
  private List<Long> heartbeatTimeouts(String workflow) {
    return temporal.getWorkflowClient().fetchHistory(workflow).getEvents().stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .map(event -> event.getActivityTaskScheduledEventAttributes().getHeartbeatTimeout())
        .map(com.google.protobuf.Duration::getSeconds)
        .toList();
  }

  private Map<String, String> environment() {
    return Map.of(
        "VITRINE_REGISTRY_URL", "jdbc:sqlite:" + directory.resolve("registry.db"),
        "VITRINE_STORES", "local=" + directory.resolve("store"),
        "VITRINE_WEB_SOURCES_ADDRESSES", "loopback",
        "VITRINE_WEB_SOURCES_PORTS", "",
        "VITRINE_WORKER_SHUTDOWN_GRACE", "1s");
  }

  /** Returns the workflow's id. */
  private String upload(VitrineWorker worker, Source source) {
    UUID id = UUID.randomUUID();
    ImageUploadWorkflow upload =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                ImageUploadWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(WorkflowIds.upload(id))
                    .setTaskQueue(TaskQueues.of(worker.installation()).workflows())
                    .build());
    var unused =
        WorkflowClient.start(
            upload::upload,
            new UploadRequest(
                id, NewImage.of(id, SOMEBODY.project()), source, null, null, SOMEBODY, null));
    return WorkflowIds.upload(id);
  }
}
