package dev.vitrine.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.activity.ScanPage;
import dev.vitrine.activity.ScanRequest;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.registry.AdjustableClock;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of large backlogs, on SQLite and a server that counts its questions. */
final class ScanTest {

  private static final Home HERE = new Home("default", "1", null);

  @TempDir Path directory;
  private final AdjustableClock clock = new AdjustableClock();
  private final AtomicInteger questions = new AtomicInteger();
  private final ConcurrentHashMap<String, Status> answers = new ConcurrentHashMap<>();
  private Predicate<String> live = id -> true;
  private Registry registry;
  private Server server;
  private ManagedChannel channel;
  private WorkflowClient client;

  @BeforeEach
  void start() throws IOException {
    registry = Registries.open(RegistryConfig.of(url()), clock);
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new Counting())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setChannel(channel).build()));
  }

  @AfterEach
  void stop() {
    registry.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  private final class Counting extends WorkflowServiceGrpc.WorkflowServiceImplBase {
    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> out) {
      out.onNext(GetSystemInfoResponse.getDefaultInstance());
      out.onCompleted();
    }

    @Override
    public void describeWorkflowExecution(
        DescribeWorkflowExecutionRequest request,
        StreamObserver<DescribeWorkflowExecutionResponse> out) {
      questions.incrementAndGet();
      String id = request.getExecution().getWorkflowId();
      Status refusal = answers.getOrDefault(id, live.test(id) ? Status.OK : Status.NOT_FOUND);
      if (!refusal.isOk()) {
        out.onError(refusal.asRuntimeException());
        return;
      }
      out.onNext(
          DescribeWorkflowExecutionResponse.newBuilder()
              .setWorkflowExecutionInfo(
                  WorkflowExecutionInfo.newBuilder()
                      .setStatus(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING))
              .build());
      out.onCompleted();
    }
  }

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("registry.db");
  }

  /** Rows that came to be as they are one a millisecond, their ids counting up. */
  private void images(int count, String status, @Nullable Duration scrubIn) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      String scrubAt = scrubIn == null ? "null" : "'" + text(clock.instant().plus(scrubIn)) + "'";
      statement.executeUpdate(
          """
          with recursive n(i) as (select 0 union all select i + 1 from n where i < %d - 1)
          insert into images (id, status, min_disk, min_ram, visibility, protected, os_hidden,
                              owner, created_at, updated_at, scrub_at, version)
          select printf('%%08x-0000-4000-8000-000000000000', i), '%s', 0, 0, 'shared', 0, 0, 'acme',
                 printf('2024-01-01T00:%%02d:%%02d.%%03d000Z', i / 60000, i / 1000 %% 60, i %% 1000),
                 printf('2024-01-01T00:%%02d:%%02d.%%03d000Z', i / 60000, i / 1000 %% 60, i %% 1000),
                 %s, 1
            from n
          """
              .formatted(count, status, scrubAt));
    }
  }

  private static String text(java.time.Instant instant) {
    return java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
        .withZone(java.time.ZoneOffset.UTC)
        .format(instant);
  }

  private static UUID id(int i) {
    return UUID.fromString("%08x-0000-4000-8000-000000000000".formatted(i));
  }

  private ScanPage scan(Finding.Kind kind, @Nullable ScanMark after, Heartbeat heartbeat) {
    return new ReconciliationActivitiesImpl(registry, client, HERE, Duration.ofHours(1), heartbeat)
        .scan(new ScanRequest(kind, after, 64));
  }

  private List<Finding> scanToTheEnd(Finding.Kind kind) {
    List<Finding> found = new ArrayList<>();
    ScanMark mark = null;
    do {
      ScanPage page = scan(kind, mark, new NotedHeartbeat());
      found.addAll(page.findings());
      mark = page.next();
    } while (mark != null);
    return found;
  }

  @Test
  void asksNothingAboutDeletionsThatSleep() throws SQLException {
    images(10_000, "pending_delete", Duration.ofDays(7));

    assertThat(scanToTheEnd(Finding.Kind.UNFINISHED_DELETION)).isEmpty();

    assertThat(questions).hasValue(0);
  }

  @Test
  void findsTheDeadAmongAHundredThousandAndAsksOnceAboutEach() throws SQLException {
    images(100_000, "saving", null);
    live = id -> !id.endsWith(id(99_999).toString()) && !id.endsWith(id(50_000).toString());

    assertThat(scanToTheEnd(Finding.Kind.ABANDONED_UPLOAD))
        .extracting(Finding::imageId)
        .containsExactly(id(50_000), id(99_999));

    assertThat(questions).hasValue(100_000);
  }

  @Test
  void anotherAttemptGoesOnWhereOneWasCutOff() throws SQLException {
    images(2_000, "saving", null);
    answers.put("image-upload/" + id(1_500), Status.INVALID_ARGUMENT);
    for (int i = 1_472; i < 1_536; i++) {
      answers.put("image-upload/" + id(i), Status.UNAVAILABLE);
    }
    NotedHeartbeat first = new NotedHeartbeat();
    assertThatThrownBy(() -> scan(Finding.Kind.ABANDONED_UPLOAD, null, first))
        .isInstanceOf(RuntimeException.class);
    ScanMark reached = first.told.get(first.told.size() - 1);
    assertThat(reached).isNotNull();
    answers.clear();
    questions.set(0);

    ScanPage rest = scan(Finding.Kind.ABANDONED_UPLOAD, null, goingOnFrom(reached));

    assertThat(rest.next()).isNull();
    assertThat(questions).hasValueLessThan(600);
  }

  private static Heartbeat goingOnFrom(ScanMark mark) {
    return new Heartbeat() {
      @Override
      public void at(@Nullable ScanMark now) {}

      @Override
      public Optional<ScanMark> last() {
        return Optional.of(mark);
      }
    };
  }

  @Test
  void takesNoAnswerAboutOneForNoVerdictAndJudgesTheOthers() throws SQLException {
    images(10, "saving", null);
    live = id -> false;
    answers.put("image-upload/" + id(3), Status.DEADLINE_EXCEEDED);

    ScanPage page = scan(Finding.Kind.ABANDONED_UPLOAD, null, new NotedHeartbeat());

    assertThat(page.findings()).hasSize(9).extracting(Finding::imageId).doesNotContain(id(3));
    assertThat(page.unanswered()).isEqualTo(1);
  }

  @Test
  void reportsNoMoreThanAskedForAndGoesOnBehindIt() throws SQLException {
    images(150, "saving", null);
    live = id -> false;

    ScanPage first = scan(Finding.Kind.ABANDONED_UPLOAD, null, new NotedHeartbeat());
    ScanPage second = scan(Finding.Kind.ABANDONED_UPLOAD, first.next(), new NotedHeartbeat());

    assertThat(first.findings()).hasSize(64);
    assertThat(second.findings()).hasSize(64).extracting(Finding::imageId).startsWith(id(64));
  }

  @Test
  void judgesNothingWhereTheRegistrysWorkDoesNotRun() throws SQLException {
    images(1, "saving", null);
    registry.installations().moveTo(new Home("default", "another", null));

    assertThatThrownBy(() -> scan(Finding.Kind.ABANDONED_UPLOAD, null, new NotedHeartbeat()))
        .satisfies(
            error ->
                assertThat(Failures.fromTemporal(error).orElseThrow())
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("another"));
    assertThat(questions).hasValue(0);
  }
}
