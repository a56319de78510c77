package dev.vitrine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vitrine.error.VitrineException.Conflict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SlowTransactionsTest {

  private static final Duration LIMIT = Duration.ofMillis(300);

  private final Logger logger = (Logger) LoggerFactory.getLogger(SlowTransactions.class);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong(-7);
  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  private Database database(Duration limit) {
    DatabaseConfig config =
        DatabaseConfig.of("jdbc:sqlite:" + folder.resolve("a.db")).logging(limit);
    return Database.open(config, "db/vitrine", "history_of_it", Clock.systemUTC(), nanos::get);
  }

  private int take(int millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    return millis;
  }

  private Iterable<String> lines() {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void namesWhatTookLongerThanTheLimit() {
    try (Database database = database(LIMIT)) {
      database.transaction("as long as it may", handle -> take(300));
      database.transaction("move mountains", handle -> take(301));
      database.read("read everything", handle -> take(4000));
    }

    assertThat(lines())
        .containsExactly(
            "slow transaction 'move mountains': 301 ms, attempts 1",
            "slow transaction 'read everything': 4000 ms, attempts 1");
  }

  @Test
  void namesWhatFailedAsWell() {
    try (Database database = database(LIMIT)) {
      assertThatThrownBy(
              () ->
                  database.transaction(
                      "fail late",
                      handle -> {
                        throw new Conflict("after %d ms".formatted(take(500)));
                      }))
          .isInstanceOf(Conflict.class);
    }

    assertThat(lines()).containsExactly("slow transaction 'fail late': 500 ms, attempts 1");
  }

  @Test
  void countsWhatWasTriedAgain() {
    SlowTransactions slow = new SlowTransactions(LIMIT, nanos::get);
    long begun = slow.begun();
    take(301);

    slow.ended("lose races", begun, 3);

    assertThat(lines()).containsExactly("slow transaction 'lose races': 301 ms, attempts 3");
  }

  @Test
  void saysNothingWhereItIsSwitchedOff() {
    try (Database database = database(Duration.ZERO)) {
      database.transaction("last for ever", handle -> take(1_000_000));
    }

    assertThat(lines()).isEmpty();
  }
}
