package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.LocationStatus;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.TimeoutFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transfer that outlives its attempt, because the server was away and wrote that off. */
@Timeout(60)
class TakeOverTest extends TransferFixture {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final PipedOutputStream client = new PipedOutputStream();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private TransferRequest held() throws IOException {
    PipedInputStream stream = new PipedInputStream(client, 1 << 16);
    return request(
        new Source.HeldStream("queue", streams.hold(stream, (long) data.length)),
        ExpectedData.NONE);
  }

  private static String handle(TransferRequest request) {
    return ((Source.HeldStream) request.source()).handle();
  }

  private Future<ImageData> attempt(TransferRequest request) {
    ActivityAttempt next = activity.next();
    return threads.submit(() -> activities.transfer(request, next));
  }

  /** What an attempt is told after an outage: by the server, or before that by the SDK. */
  private static ActivityCompletionException writtenOff(boolean byServer) {
    return byServer
        ? new ActivityNotExistsException(null)
        : new ActivityCanceledException(
            null, new TimeoutFailure(null, null, TimeoutType.TIMEOUT_TYPE_HEARTBEAT));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void goesOnWithAStreamAndGivesTheNextAttemptItsOutcome(boolean byServer) throws Exception {
    TransferRequest request = held();
    Future<ImageData> first = attempt(request);
    client.write(data, 0, 5000);
    activity.awaitBytes(5000);
    activity.tell(writtenOff(byServer));
    activity.awaitBeats(1);
    client.write(data, 5000, 4000);

    Future<ImageData> second = attempt(request);
    activity.awaitBytes(9000);
    client.write(data, 9000, 1000);
    client.close();

    assertThat(second.get()).isEqualTo(digests(data));
    assertThat(first.get()).isEqualTo(digests(data));
    assertStored(data);
    // It goes on whatever the server says, which is not asked with every look at the transfer.
    assertThat(activity.questions).hasValue(0);
  }

  @Test
  void keepsAStreamsOutcomeUntilItIsReleased() throws Exception {
    TransferRequest request =
        request(
            new Source.HeldStream(
                "queue", streams.hold(new ByteArrayInputStream(data), (long) data.length)),
            ExpectedData.NONE);
    assertThat(attempt(request).get()).isEqualTo(digests(data));
    store.delete(location.key());

    assertThat(attempt(request).get()).isEqualTo(digests(data));

    streams.release(handle(request));
    failure(SourceUnusable.class, () -> activities.transfer(request, activity.next()));
  }

  @Test
  void keepsAStreamsFailureUntilItIsReleased() throws Exception {
    TransferRequest request =
        request(
            new Source.HeldStream(
                "queue", streams.hold(new ByteArrayInputStream(data), data.length + 1L)),
            ExpectedData.NONE);
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThat(
              failure(SourceUnusable.class, () -> activities.transfer(request, activity.next()))
                  .getOriginalMessage())
          .contains("ended after 10000 of 10001 bytes");
    }
  }

  @Test
  void isStoppedByACancellationOfTheAttemptThatTookOver() throws Exception {
    TransferRequest request = held();
    Future<ImageData> first = attempt(request);
    client.write(data, 0, 5000);
    activity.awaitBytes(5000);
    Future<ImageData> second = attempt(request);
    activity.awaitBeats(1);

    activity.tell(new ActivityCanceledException());

    assertThatThrownBy(second::get).hasCauseInstanceOf(ActivityCanceledException.class);
    assertThatThrownBy(first::get).hasCauseInstanceOf(ActivityCanceledException.class);
  }

  @Test
  void isStoppedWhenItsStreamIsReleased() throws Exception {
    TransferRequest request = held();
    Future<ImageData> first = attempt(request);
    client.write(data, 0, 5000);
    activity.awaitBytes(5000);
    activity.tell(writtenOff(true));
    activity.awaitBeats(1);

    streams.release(handle(request));

    assertThatThrownBy(first::get).hasCauseInstanceOf(ActivityCanceledException.class);
  }

  @Test
  void readsAWebSourceOnceOverAnOutage() throws Exception {
    server.stallsAfter = 3000;
    TransferRequest request = request(new Source.Url(server.url()), ExpectedData.NONE);
    Future<ImageData> first = attempt(request);
    activity.awaitBytes(3000);
    activity.tell(writtenOff(true));
    activity.awaitBeats(1);

    Future<ImageData> second = attempt(request);
    activity.awaitBeats(3);
    assertThat(server.requests).hasSize(1);
    activity.tell(new ActivityCanceledException());
    assertThatThrownBy(second::get).hasCauseInstanceOf(ActivityCanceledException.class);
    assertThatThrownBy(first::get).hasCauseInstanceOf(ActivityCanceledException.class);
  }

  @Test
  void endsIfNobodyTakesItOverInTime() throws Exception {
    server.stallsAfter = 3000;
    TransferRequest request = request(new Source.Url(server.url()), ExpectedData.NONE);
    Future<ImageData> first = attempt(request);
    activity.awaitBytes(3000);
    activity.tell(writtenOff(true));

    assertThatThrownBy(first::get).hasCauseInstanceOf(ActivityNotExistsException.class);

    server.stallsAfter = -1;
    assertThat(attempt(request).get()).isEqualTo(digests(data));
    assertThat(server.requests).containsExactly("null null", "bytes=3000- \"v1\"");
  }

  @Test
  void countsNoTimeInWhichNobodyCanTakeItOver() throws Exception {
    server.stallsAfter = 3000;
    TransferRequest request = request(new Source.Url(server.url()), ExpectedData.NONE);
    Future<ImageData> first = attempt(request);
    activity.awaitBytes(3000);
    activity.away = true;
    activity.tell(writtenOff(false));
    long patience = config.tuning().takeOver().toMillis();
    assertThatThrownBy(() -> first.get(3 * patience, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);

    activity.away = false;

    assertThatThrownBy(first::get).hasCauseInstanceOf(ActivityCanceledException.class);
  }

  @Test
  void waitsForTheWriterOfAnotherProcess() throws Exception {
    Future<ImageData> attempt;
    try (var zombie = store.create(location.key())) {
      attempt = attempt(request(new Source.Url(server.url()), ExpectedData.NONE));
      activity.awaitBeats(2);
      assertThat(zombie.position()).isZero();
      assertThat(attempt.isDone()).isFalse();
    }
    assertThat(attempt.get()).isEqualTo(digests(data));
    assertThat(activity.last().attemptsWithoutProgress()).isZero();
  }

  @Test
  void waitsForItWithinABound() {
    location = registry.location("main", LocationStatus.PENDING);
    try (var zombie = store.create(location.key())) {
      assertThat(failure(Unavailable.class, this::transfer).getOriginalMessage())
          .contains("another attempt still writes");
      assertThat(zombie.position()).isZero();
    }
  }
}
