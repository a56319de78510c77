package dev.vitrine.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class CollectorLogTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final CollectorLog log = new CollectorLog(nanos::get);
  private final Logger written = (Logger) LoggerFactory.getLogger(CollectorLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    written.setAdditive(false);
    written.setLevel(ch.qos.logback.classic.Level.WARN);
    written.addAppender(lines);
  }

  @AfterEach
  void stop() {
    written.detachAppender(lines);
    written.setAdditive(true);
    written.setLevel(null);
  }

  private List<String> lines() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void fail(String message) {
    log.publish(new LogRecord(Level.SEVERE, message));
  }

  @Test
  void writesTheFirstLineAndTheNextAfterTenMinutes() {
    fail("nobody listens");
    fail("nobody listens");
    nanos.addAndGet(Duration.ofMinutes(9).toNanos());
    fail("nobody listens");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    fail("it answers 503");

    assertThat(lines())
        .containsExactly("Traces: nobody listens", "Traces: it answers 503 (and 2 times before)");
  }

  @Test
  void passesOverWhatIsNoWarning() {
    log.publish(new LogRecord(Level.INFO, "started"));

    assertThat(lines()).isEmpty();
  }

  @Test
  void namesTheErrorAndNoCredentials() {
    LogRecord said = new LogRecord(Level.WARNING, "failed to send to http://me:hunter2@there/");
    said.setThrown(new IllegalStateException("refused"));
    log.publish(said);

    assertThat(lines())
        .containsExactly(
            "Traces: failed to send to http://there/: java.lang.IllegalStateException: refused");
  }
}
