package dev.vitrine.tracing;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What OpenTelemetry says goes into the process's log: that spans don't reach their collector, one
 * line in ten minutes at most, however many they are. Thread-safe.
 */
final class CollectorLog extends Handler {

  private static final Logger log = LoggerFactory.getLogger(CollectorLog.class);

  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final java.util.logging.Logger source =
      java.util.logging.Logger.getLogger("io.opentelemetry");
  private final boolean toldParents = source.getUseParentHandlers();
  private final LongSupplier nanoTime;
  private long next;
  private int withheld;

  CollectorLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong();
  }

  /** From now on. */
  static CollectorLog install() {
    CollectorLog handler = new CollectorLog(System::nanoTime);
    handler.source.addHandler(handler);
    handler.source.setUseParentHandlers(false);
    return handler;
  }

  @Override
  public synchronized void publish(LogRecord said) {
    if (said.getLevel().intValue() < Level.WARNING.intValue()) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (now - next < 0) {
      withheld++;
      return;
    }
    next = now + PAUSE.toNanos();
    log.warn(
        "Traces: {}{}",
        withoutCredentials(text(said)),
        withheld == 0 ? "" : " (and %d times before)".formatted(withheld));
    withheld = 0;
  }

  private static String text(LogRecord said) {
    Throwable thrown = said.getThrown();
    return thrown == null ? said.getMessage() : said.getMessage() + ": " + thrown;
  }

  /** An endpoint's user information is none for a log. */
  static String withoutCredentials(String text) {
    return text.replaceAll("//[^/@\\s]*@", "//");
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    source.removeHandler(this);
    source.setUseParentHandlers(toldParents);
  }
}
