package dev.vitrine.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The worker's own configuration of its log, as it ships. */
final class LogLayoutTest {

  private static final String EVIL = "eve\n2026-01-01 INFO forged\r\u001b[31m\u009b2J\u202e";

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configureText() throws JoranException {
    configure();
  }

  private void configure() throws JoranException {
    URL shipped = getClass().getResource("/dev/vitrine/worker/logback.xml");
    JoranConfigurator configurator = new JoranConfigurator();
    context.setMDCAdapter(MDC.getMDCAdapter());
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(shipped));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private String line(String message, Throwable thrown, Object... arguments) {
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").iteratorForAppenders().next();
    LoggingEvent event =
        new LoggingEvent(
            getClass().getName(),
            context.getLogger("dev.vitrine.Any"),
            Level.WARN,
            message,
            thrown,
            arguments);
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void writesALineAnEvent() {
    String line = line("user {} did it", null, EVIL);

    assertThat(line)
        .endsWith(
            "WARN  Any - user eve\\n2026-01-01 INFO forged\\r\\u001b[31m\\u009b2J\\u202e did it"
                + System.lineSeparator());
    assertSafe(line);
  }

  @Test
  void foldsATraceAndEscapesItsMessages() {
    String line = line("it failed", new IllegalStateException(EVIL, new RuntimeException(EVIL)));

    assertThat(line)
        .contains("it failed", "IllegalStateException: eve | 2026-01-01 INFO forged\\r\\u001b[31m")
        .contains("Caused by: ")
        .contains(" | at dev.vitrine.logging.LogLayoutTest");
    assertSafe(line);
  }

  @Test
  void namesWhatALineIsAbout() {
    MDC.put("image", "a1\u001b[31m");
    MDC.put("workflow", "image-upload/a1");
    MDC.put("WorkflowId", "of the SDK");
    try {
      assertThat(line("it happened", null))
          .contains(" Any [image a1\\u001b[31m, workflow image-upload/a1] - it happened");
    } finally {
      MDC.clear();
    }
    assertThat(line("it happened", null)).contains(" Any - it happened");
  }

  @Test
  void writesJsonWhereItIsAskedFor() throws Exception {
    context.reset();
    context.putProperty("VITRINE_LOG_FORMAT", "json");
    configure();
    MDC.put("image", "a1\u001b[31m");
    String line;
    try {
      line = line("user {} did it", new IllegalStateException(EVIL), EVIL);
    } finally {
      MDC.clear();
    }

    assertSafe(line);
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("level").textValue()).isEqualTo("WARN");
    assertThat(json.path("loggerName").textValue()).isEqualTo("dev.vitrine.Any");
    assertThat(json.path("formattedMessage").textValue()).isEqualTo("user " + EVIL + " did it");
    assertThat(json.at("/mdc/image").textValue()).isEqualTo("a1\u001b[31m");
    assertThat(json.at("/throwable/message").textValue()).isEqualTo(EVIL);
    assertThat(json.path("timestamp").isNumber()).isTrue();
    assertThat(json.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "timestamp",
            "level",
            "threadName",
            "loggerName",
            "mdc",
            "formattedMessage",
            "throwable");
  }

  private static void assertSafe(String line) {
    assertThat(line.lines()).hasSize(1);
    assertThat(line.strip().codePoints())
        .allMatch(
            character ->
                character == '\t'
                    || !(Character.isISOControl(character)
                        || Character.getType(character) == Character.FORMAT));
  }
}
