package dev.vitrine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What Keystone says that says nothing, and what happens while it says nothing. */
final class KeystoneOutageTest {

  private static final Duration CACHED = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HandClock clock = new HandClock();
  private final FakeKeystone keystone = new FakeKeystone(clock);
  private final Authenticator authenticator =
      Authenticator.of(keystone.settings(CACHED, PATIENCE), clock);

  @AfterEach
  void stop() {
    keystone.close();
  }

  private Caller authenticate(String token) {
    return authenticator.authenticate(Head.withToken(token));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | not json s3cr3t | not about a token",
        "200 | {\"token\": \"s3cr3t\"} | not about a token",
        "200 | {\"token\": {\"user\": {\"id\": \"u1\"}}} | not about a token",
        "200 | {\"token\": {\"expires_at\": \"2026-03-01T11:00:00Z\"}} | not about a token",
        "200 | `` | not about a token",
        "403 | {} | role service",
        "500 | s3cr3t | answered 500",
        "503 | `` | answered 503",
        "302 | `` | answered 302",
        "429 | `` | answered 429",
      })
  void makesNothingOfAnAnswerThatSaysNothing(int status, String body, String why) {
    keystone.instead = exchange -> FakeKeystone.answer(exchange, status, body);

    assertThatThrownBy(() -> authenticate("t0k3n"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(why)
        .hasMessageContaining("try again")
        .hasMessageNotContaining("s3cr3t")
        .hasMessageNotContaining("t0k3n")
        .hasMessageNotContaining("own-1");
  }

  @Test
  void followsNoRedirectWithItsToken() throws IOException {
    try (ServerSocketChannel elsewhere = ServerSocketChannel.open()) {
      elsewhere.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      elsewhere.configureBlocking(false);
      String target = "http://127.0.0.1:%d/".formatted(elsewhere.socket().getLocalPort());
      keystone.instead =
          exchange -> {
            exchange.getResponseHeaders().add("Location", target);
            FakeKeystone.answer(exchange, 302, "");
          };

      assertThatThrownBy(() -> authenticate("t1")).isInstanceOf(Unavailable.class);

      assertThat(elsewhere.accept()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void waitsNoLongerThanItsTimeout(boolean headIsSent) {
    keystone.put("t1", clock.instant().plus(Duration.ofHours(1)), "member");
    authenticate("t1");
    CountDownLatch never = new CountDownLatch(1);
    keystone.instead =
        exchange -> {
          if (headIsSent) {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().flush();
          }
          try {
            never.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        };
    Authenticator hasty =
        Authenticator.of(keystone.settings(CACHED, Duration.ofMillis(300)), clock);

    assertThatThrownBy(() -> hasty.authenticate(Head.withToken("t2")))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("did not answer within 300 ms");
  }

  @Test
  void logsWhyKeystoneCantBeAskedAndNoSecret() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.vitrine.auth");
    logger.setLevel(Level.TRACE);
    logger.addAppender(lines);
    lines.start();
    try {
      keystone.instead = exchange -> FakeKeystone.answer(exchange, 403, "s3cr3t");
      assertThatThrownBy(() -> authenticate("t0k3n")).isInstanceOf(Unavailable.class);
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(null);
    }
    assertThat(lines.list)
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line.getFormattedMessage())
                    .contains(keystone.url().getAuthority(), "403")
                    .doesNotContain("t0k3n", "s3cr3t", "own-1", FakeKeystone.PASSWORD));
  }

  @Test
  void saysThatKeystoneIsNotThere() {
    keystone.close();

    assertThatThrownBy(() -> authenticate("t1"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("can't be reached");
  }

  @Test
  void goesByTheCacheWhileKeystoneIsNotThere() {
    keystone.put("t1", clock.instant().plus(Duration.ofHours(1)), "member");
    authenticate("t1");
    keystone.close();

    assertThat(authenticate("t1").userId()).isEqualTo("u1");
    clock.forward(CACHED);
    assertThatThrownBy(() -> authenticate("t1")).isInstanceOf(Unavailable.class);
  }
}
