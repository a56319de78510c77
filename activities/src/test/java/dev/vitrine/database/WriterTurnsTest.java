package dev.vitrine.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.thread.Background;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WriterTurnsTest {

  private final List<String> order = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  @TempDir private Path folder;

  @Test
  void putsWhatAClientWaitsForBehindOneOfTheBackgroundAndNotBehindAll() throws Exception {
    DatabaseConfig config = DatabaseConfig.of("jdbc:sqlite:" + folder.resolve("a.db"));
    try (Database database =
        Database.open(config, "db/vitrine", "history_of_it", Clock.systemUTC())) {
      CountDownLatch writing = new CountDownLatch(1);
      CountDownLatch held = new CountDownLatch(1);
      begin(
          () ->
              database.transaction(
                  "first",
                  handle -> {
                    writing.countDown();
                    return await(held);
                  }));
      writing.await();
      for (String name : List.of("background 1", "background 2", "background 3")) {
        begin(() -> Background.during(() -> noted(database, name)));
        awaitWaiting();
      }
      for (String name : List.of("client 1", "client 2")) {
        begin(() -> noted(database, name));
        awaitWaiting();
      }
      held.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }

    assertThat(order)
        .containsExactly("background 1", "client 1", "client 2", "background 2", "background 3");
  }

  @Test
  void leavesAFifthOfThePostgresConnectionsToClients() {
    assertThat(new PostgresDialect().backgroundWriters(10)).isEqualTo(8);
    assertThat(new PostgresDialect().backgroundWriters(4)).isEqualTo(3);
    assertThat(new PostgresDialect().backgroundWriters(1)).isEqualTo(1);
  }

  private boolean noted(Database database, String name) {
    return database.transaction(name, handle -> order.add(name));
  }

  private void begin(Runnable work) {
    Thread thread = new Thread(work);
    threads.add(thread);
    thread.start();
  }

  /** Until the last one waits for its turn. */
  private void awaitWaiting() {
    Thread last = threads.get(threads.size() - 1);
    while (last.getState() != Thread.State.WAITING) {
      assertThat(last.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
