package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BoundedExecutorTest {

  /** Threads that work when the test says so. */
  private final Queue<Runnable> threads = new ArrayDeque<>();

  private final BoundedExecutor lane = new BoundedExecutor(threads::add, 2);
  private final List<String> done = new ArrayList<>();

  private Runnable work(String name) {
    return () -> done.add(name);
  }

  @Test
  void takesNoMoreThreadsThanItMayHave() {
    for (int i = 0; i < 5; i++) {
      lane.execute(work("" + i));
    }
    assertThat(threads).hasSize(2);
    threads.remove().run();
    assertThat(done).containsExactly("0");
    assertThat(threads).hasSize(2);
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
    assertThat(done).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void takesTheThreadThatCallsWhileThereIsRoom() {
    lane.runOrWait(work("own"));
    assertThat(done).containsExactly("own");
    lane.execute(work("a"));
    lane.execute(work("b"));
    lane.runOrWait(work("waits"));
    assertThat(done).containsExactly("own");
    threads.remove().run();
    threads.remove().run();
    threads.remove().run();
    assertThat(done).containsExactly("own", "a", "b", "waits");
  }

  @Test
  void goesOnAfterAFailure() {
    for (int i = 0; i < 5; i++) {
      lane.execute(
          () -> {
            throw new IllegalStateException("broken");
          });
    }
    lane.execute(work("after"));
    while (!threads.isEmpty()) {
      try {
        threads.remove().run();
      } catch (IllegalStateException broken) {
        // The thread's own business.
      }
    }
    assertThat(done).containsExactly("after");
  }
}
