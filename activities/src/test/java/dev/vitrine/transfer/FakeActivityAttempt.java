package dev.vitrine.transfer;

import dev.vitrine.activity.TransferHeartbeat;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Plays the server's part in the heartbeats of one transfer, attempt after attempt. */
final class FakeActivityAttempt {

  private final List<TransferHeartbeat> heartbeats = new ArrayList<>();
  private @Nullable HeartbeatDetails details;
  private @Nullable TransferHeartbeat last;
  private volatile @Nullable ActivityCompletionException answer;
  private int attempt;

  /** The server does not answer; the SDK may have written the attempt off all the same. */
  volatile boolean away;

  /** How often the server was asked whether it is there. */
  final AtomicInteger questions = new AtomicInteger();

  /** What the next attempt has of its activity. */
  synchronized ActivityAttempt next() {
    if (details != null) {
      last = details.current();
    }
    attempt++;
    answer = null;
    int number = attempt;
    return new ActivityAttempt(
        sent -> beat(number, sent),
        last,
        number,
        Duration.ZERO,
        Duration.ofSeconds(1),
        () -> {
          questions.incrementAndGet();
          return !away;
        });
  }

  /** An attempt that another has followed is told so, as by a server. */
  private synchronized void beat(int number, Object sent) {
    if (number != attempt) {
      throw new ActivityNotExistsException(null);
    }
    details = (HeartbeatDetails) sent;
    heartbeats.add(details.current());
    notifyAll();
    ActivityCompletionException told = answer;
    if (told != null) {
      throw told;
    }
  }

  /** Answers every heartbeat with that from now on. */
  void tell(ActivityCompletionException told) {
    answer = told;
  }

  /** What the last attempt reported in the end. */
  TransferHeartbeat last() {
    return Objects.requireNonNull(details, "no heartbeat yet").current();
  }

  /** Pretends that the last attempt reported this. */
  void remember(TransferHeartbeat details) {
    last = details;
    details = null;
  }

  /** Another transfer begins. */
  void forget() {
    last = null;
    details = null;
    attempt = 0;
  }

  synchronized void awaitBytes(long bytes) throws InterruptedException {
    while (details == null || details.current().bytes() < bytes) {
      wait(10_000);
    }
  }

  /** What the running attempt says that it waits for, once it does. */
  synchronized String awaitWaiting() throws InterruptedException {
    String waiting = null;
    while (waiting == null) {
      wait(10_000);
      waiting = details == null ? null : details.current().waiting();
    }
    return waiting;
  }

  synchronized void awaitBeats(int more) throws InterruptedException {
    int until = heartbeats.size() + more;
    while (heartbeats.size() < until) {
      wait(10_000);
    }
  }
}
