package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedPollingTest {

  private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static final class Noting implements SharedPolling.Listener<Integer> {
    private final Supplier<Integer> look;
    private final BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
    private final BlockingQueue<RuntimeException> failed = new LinkedBlockingQueue<>();

    private Noting(Supplier<Integer> look) {
      this.look = look;
    }

    @Override
    public Integer look() {
      return look.get();
    }

    @Override
    public void seen(Integer what) {
      seen.add(what);
    }

    @Override
    public void failed(RuntimeException why) {
      failed.add(why);
    }
  }

  @Test
  void looksOnceHoweverManyListen() throws Exception {
    SharedPolling<String, Integer> watches = new SharedPolling<>(Duration.ofHours(1), threads);
    AtomicInteger looks = new AtomicInteger();
    List<Noting> listeners = new ArrayList<>();
    List<Runnable> ends = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Noting listener = new Noting(looks::incrementAndGet);
      listeners.add(listener);
      ends.add(watches.watch("x", listener));
    }
    for (Noting listener : listeners) {
      assertThat(listener.seen.take()).isEqualTo(1);
    }
    assertThat(looks).hasValue(1);
    assertThat(watches.size()).isEqualTo(1);
    ends.forEach(Runnable::run);
    assertThat(watches.size()).isZero();
  }

  @Test
  void looksAgainAndAgainUntilNobodyListens() throws Exception {
    SharedPolling<String, Integer> watches = new SharedPolling<>(Duration.ofMillis(1), threads);
    AtomicInteger looks = new AtomicInteger();
    Noting one = new Noting(looks::incrementAndGet);
    Noting other = new Noting(looks::incrementAndGet);
    Runnable endOfOne = watches.watch("x", one);
    assertThat(one.seen.take()).isEqualTo(1);
    assertThat(one.seen.take()).isEqualTo(2);
    Runnable endOfOther = watches.watch("x", other);
    int first = other.seen.take();
    endOfOne.run();
    assertThat(other.seen.take()).isGreaterThanOrEqualTo(first);
    endOfOther.run();
    watches.watch("x", new Noting(() -> -1)).run();
    assertThat(watches.size()).isZero();
  }

  @Test
  void tellsWhoMayNotLookAnyMoreAndNobodyElse() throws Exception {
    SharedPolling<String, Integer> watches = new SharedPolling<>(Duration.ofMillis(1), threads);
    Noting stranger =
        new Noting(
            () -> {
              throw new IllegalStateException("not yours");
            });
    Noting owner = new Noting(() -> 1);
    Runnable endOfStranger = watches.watch("x", stranger);
    Runnable endOfOwner = watches.watch("x", owner);
    assertThat(stranger.failed.take()).hasMessage("not yours");
    endOfStranger.run();
    int seen = owner.seen.size();
    while (owner.seen.size() < seen + 10) {
      Thread.onSpinWait();
    }
    assertThat(owner.failed).isEmpty();
    endOfOwner.run();
  }
}
