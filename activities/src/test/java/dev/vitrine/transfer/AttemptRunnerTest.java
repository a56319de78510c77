package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.error.VitrineException.GaveUp;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.source.OpenSource;
import dev.vitrine.task.Progress;
import dev.vitrine.thread.DaemonThreads;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How attempts are stopped, counted and watched. */
class AttemptRunnerTest extends TransferFixture {

  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void stopThread() {
    thread.shutdownNow();
  }

  @Test
  void isTornFromABlockedReadByACancellation() throws Exception {
    server.stallsAfter = 3000;
    ActivityAttempt first = activity.next();
    Future<?> attempt = thread.submit(() -> activities.transfer(urlRequest(), first));
    activity.awaitBytes(3000);
    activity.tell(new ActivityCanceledException());
    assertThatThrownBy(attempt::get).hasCauseInstanceOf(ActivityCanceledException.class);
    assertThat(store.unfinished(location.key(), null)).isEqualTo(3000);
    assertThat(thread.submit(Thread::interrupted).get()).isFalse();
  }

  @Test
  void makesDurableWhatIsWrittenWhileTheSourceIsSilent() throws Exception {
    syncEvery(1 << 20, Duration.ofMillis(100));
    server.stallsAfter = 3456;
    ActivityAttempt first = activity.next();
    Future<?> attempt = thread.submit(() -> activities.transfer(urlRequest(), first));

    activity.awaitBytes(3000);

    activity.tell(new ActivityCanceledException());
    assertThatThrownBy(attempt::get).hasCauseInstanceOf(ActivityCanceledException.class);
  }

  @Test
  void handsOverEveryByteWhenTheWorkerShutsDown() throws Exception {
    server.stallsAfter = 3456;
    ActivityAttempt first = activity.next();
    Future<?> attempt = thread.submit(() -> activities.transfer(urlRequest(), first));
    activity.awaitBytes(3000);
    activity.tell(new ActivityWorkerShutdownException());
    assertThatThrownBy(attempt::get).hasCauseInstanceOf(ActivityWorkerShutdownException.class);
    long kept = activity.last().bytes();
    assertThat(kept).isBetween(3000L, 3456L).isEqualTo(store.unfinished(location.key(), null));
    assertThat(activity.last().attemptsWithoutProgress()).isZero();

    server.stallsAfter = -1;
    assertThat(transfer()).isEqualTo(digests(data));
    assertThat(server.requests).containsExactly("null null", "bytes=%d- \"v1\"".formatted(kept));
  }

  @Test
  void handsOverWhenTheWorkerIsShutDownHard() throws Exception {
    server.stallsAfter = 3456;
    ActivityAttempt first = activity.next();
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    Future<?> attempt =
        thread.submit(
            () -> {
              worker.complete(Thread.currentThread());
              return activities.transfer(urlRequest(), first);
            });
    activity.awaitBytes(3000);
    // Whether the heartbeat or the interrupt comes first must make no difference.
    worker.get().interrupt();
    activity.tell(new ActivityWorkerShutdownException());
    assertThatThrownBy(attempt::get)
        .isInstanceOf(ExecutionException.class)
        .satisfies(
            e ->
                assertThat(
                        e.getCause() instanceof ActivityCompletionException
                            || String.valueOf(e.getMessage()).contains("interrupted"))
                    .isTrue());
    assertThat(activity.last().bytes())
        .isBetween(3000L, 3456L)
        .isEqualTo(store.unfinished(location.key(), null));
  }

  @Test
  void doesNotCountAHandOver() throws Exception {
    server.stallsAfter = 0;
    ActivityAttempt first = activity.next();
    Future<?> attempt = thread.submit(() -> activities.transfer(urlRequest(), first));
    activity.awaitBytes(0);
    activity.tell(new ActivityWorkerShutdownException());
    assertThatThrownBy(attempt::get).hasCauseInstanceOf(ActivityWorkerShutdownException.class);
    assertThat(activity.last().attemptsWithoutProgress()).isZero();
  }

  @Test
  void heartbeatsWhileTheSourceIsSilent() throws Exception {
    server.stallsAfter = 0;
    ActivityAttempt first = activity.next();
    Future<?> attempt = thread.submit(() -> activities.transfer(urlRequest(), first));
    activity.awaitBeats(5);
    activity.tell(new ActivityCanceledException());
    assertThatThrownBy(attempt::get).hasCauseInstanceOf(ActivityCanceledException.class);
  }

  @Test
  void isNotBegunOnceCancelled() {
    ActivityAttempt first = activity.next();
    activity.tell(new ActivityCanceledException());
    assertThatThrownBy(() -> activities.transfer(urlRequest(), first))
        .isInstanceOf(ActivityCanceledException.class);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void givesUpAfterSoManyAttemptsWithoutProgress() {
    server.statuses.addAll(List.of(503, 500, 502));
    failure(Unavailable.class, this::transfer);
    failure(Unavailable.class, this::transfer);
    assertThat(failure(GaveUp.class, this::transfer).getOriginalMessage())
        .startsWith("gave up after 3 attempts without progress; last cause: ")
        .endsWith("image.raw?… answered 502");
  }

  @Test
  void countsAnewAfterProgress() throws IOException {
    for (int round = 1; round <= 3; round++) {
      server.statuses.addAll(List.of(503, 503));
      failure(Unavailable.class, this::transfer);
      failure(Unavailable.class, this::transfer);
      server.breaksAfter = 1000;
      failure(Unavailable.class, this::transfer);
      assertThat(activity.last().bytes()).isEqualTo(round * 1000L);
    }
    server.breaksAfter = -1;
    assertThat(transfer()).isEqualTo(digests(data));
    assertStored(data);
  }

  @Test
  void countsRestartsThatGetNoFartherAsWithoutProgress() {
    server.ranges = false;
    server.breaksAfter = 2000;
    failure(Unavailable.class, this::transfer);
    assertThat(activity.last().attemptsWithoutProgress()).isZero();
    failure(Unavailable.class, this::transfer);
    failure(Unavailable.class, this::transfer);
    failure(GaveUp.class, this::transfer);
  }

  @Test
  void countsAttemptsThatTookTheirProcessWithThem() {
    activity.remember(new TransferHeartbeat("transfer", 0, null, 0, 3, null, 3));
    assertThat(failure(GaveUp.class, this::transfer).getOriginalMessage())
        .contains("stopped answering");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void waitsForAnotherAttemptToLetGoOfTheData() {
    try (var zombie = store.create(location.key())) {
      assertThat(failure(Unavailable.class, this::transfer).getOriginalMessage())
          .contains("another attempt still writes");
      assertThat(zombie.position()).isZero();
    }
    assertThat(transfer()).isEqualTo(digests(data));
  }

  @Test
  void notesProgressButNeedsNoRegistryForIt() throws Exception {
    server.stallsAfter = 3000;
    ActivityAttempt first = activity.next();
    Future<?> attempt = thread.submit(() -> activities.transfer(urlRequest(), first));
    activity.awaitBytes(3000);
    activity.tell(new ActivityCanceledException());
    assertThatThrownBy(attempt::get).isInstanceOf(ExecutionException.class);
    assertThat(registry.progress).hasSize(1);
    assertThat(registry.progress.get(0).step()).isEqualTo("transfer");
    assertThat(registry.progress.get(0).total()).isEqualTo(10_000);

    server.stallsAfter = -1;
    registry.away = true;
    assertThat(transfer()).isEqualTo(digests(data));
  }

  @Test
  void saysWhyItFailedAndWhenTheNextAttemptIs() {
    server.statuses.add(503);

    failure(Unavailable.class, this::transfer);

    assertThat(activity.last().waiting())
        .startsWith("attempt 1 failed: ")
        .contains("image.raw?… answered 503; next attempt about 20")
        .endsWith("Z");
    assertThat(registry.progress)
        .last()
        .extracting(Progress::waiting)
        .isEqualTo(activity.last().waiting());
  }

  @Test
  void announcesNoAttemptAfterTheLast() {
    server.statuses.add(404);
    failure(SourceUnusable.class, this::transfer);
    assertThat(activity.last().waiting()).isNull();
  }

  @Test
  void saysWhereTheDataComesFromAndGoes() {
    transfer();
    assertThat(activity.last().from()).isEqualTo(new Source.Url(server.url()).display());
    assertThat(activity.last().to()).isEqualTo("store 'main'");
    assertThat(activity.last().percent()).isEqualTo(100);
  }

  @Test
  void keepsTheLimitOfMemory() throws InterruptedException {
    Buffers buffers = new Buffers(10, 4);
    try (Watchdog watchdog =
            QuietWatchdog.of(
                config,
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("vitrine-transfer")),
                Runnable::run);
        CopyPass pass =
            new CopyPass(
                "x",
                config,
                buffers,
                Executors.newCachedThreadPool(DaemonThreads.named("vitrine-transfer")),
                watchdog,
                bytes -> {},
                new Reservation(bytes -> {}),
                new DataInspection("x", null, null))) {
      OpenSource source = new OpenSource("x", new ByteArrayInputStream(data), 0, null, null, true);
      assertThat(pass.verify(source).size()).isEqualTo(10_000);
    }
    assertThat(buffers.allocated()).isLessThanOrEqualTo(4);
  }

  private TransferRequest urlRequest() {
    return request(new Source.Url(server.url()), ExpectedData.NONE);
  }
}
