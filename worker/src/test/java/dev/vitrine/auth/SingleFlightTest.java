package dev.vitrine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SingleFlightTest {

  private final SingleFlight<String, Integer> flight = new SingleFlight<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicReference<Thread> follower = new AtomicReference<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private Future<Integer> lead(Supplier<Integer> result) throws InterruptedException {
    Future<Integer> leader =
        threads.submit(
            () ->
                flight.get(
                    "key",
                    () -> {
                      asked.countDown();
                      await(answer);
                      return result.get();
                    }));
    await(asked);
    return leader;
  }

  private Future<Integer> follow() {
    Future<Integer> waiting =
        threads.submit(
            () -> {
              follower.set(Thread.currentThread());
              return flight.get(
                  "key",
                  () -> {
                    throw new AssertionError("asked a second time");
                  });
            });
    while (follower.get() == null || follower.get().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return waiting;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void givesTheAnswerToAllWhoWait() throws Exception {
    Future<Integer> leader = lead(() -> 7);
    Future<Integer> waiting = follow();
    answer.countDown();

    assertThat(leader.get(30, TimeUnit.SECONDS)).isEqualTo(7);
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(7);
    assertThat(flight.size()).isZero();
  }

  @Test
  void givesTheRefusalToAllWhoWait() throws Exception {
    Future<Integer> leader =
        lead(
            () -> {
              throw new Unauthenticated("unknown");
            });
    Future<Integer> waiting = follow();
    answer.countDown();

    for (Future<Integer> one : List.of(leader, waiting)) {
      assertThatThrownBy(() -> one.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(Unauthenticated.class);
    }
    assertThat(flight.get("key", () -> 8)).isEqualTo(8);
  }

  @Test
  void letsGoOfWhoIsInterrupted() throws Exception {
    Future<Integer> leader = lead(() -> 7);
    Future<Integer> waiting = follow();
    follower.get().interrupt();

    assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(Unavailable.class);
    answer.countDown();
    assertThat(leader.get(30, TimeUnit.SECONDS)).isEqualTo(7);
  }
}
