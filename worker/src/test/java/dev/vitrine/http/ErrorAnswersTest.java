package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.error.VitrineException.GaveUp;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.KeyReused;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorAnswersTest {

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(new NotFound("n"), 404),
        Arguments.of(new Conflict("c"), 409),
        Arguments.of(new Unauthenticated("u"), 401),
        Arguments.of(new Forbidden("f"), 403),
        Arguments.of(new Invalid("i"), 400),
        Arguments.of(new KeyReused("k"), 422),
        Arguments.of(new DataMismatch("d"), 400),
        Arguments.of(new FormatRefused("f"), 415),
        Arguments.of(new SourceUnusable("s"), 400),
        Arguments.of(new TooLarge("t"), 413),
        Arguments.of(new StorageFull("s"), 413),
        Arguments.of(new Unavailable("u"), 503),
        Arguments.of(new GaveUp("g"), 503));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givesEachKindItsStatus(VitrineException error, int status) throws IOException {
    try (TestServer server = failing(error)) {
      Wire.Reply reply = server.ask("GET", "/now");
      MalformedRequestTest.assertThatItIsRefused(reply, status);
      assertThat(reply.body()).contains("\"message\":\"" + error.getMessage() + "\"");
      assertThat(server.ask("GET", "/later").body())
          .contains("\"message\":\"" + error.getMessage() + "\"");
    }
  }

  @Test
  void knowsEveryKind() {
    assertThat(VitrineException.class.getPermittedSubclasses())
        .containsExactlyInAnyOrderElementsOf(
            kinds().<Class<?>>map(kind -> kind.get()[0].getClass()).toList());
  }

  @Test
  void saysWhenToComeBackIfItIsUnavailable() throws IOException {
    try (TestServer server = failing(new Unavailable("u"))) {
      assertThat(server.ask("GET", "/now").header("Retry-After")).isEqualTo("5");
    }
  }

  @Test
  void givesAProblemItsStatusAndHeaders() throws IOException {
    try (TestServer server = failing(new HttpProblem(416, "past", Map.of("Content-Range", "x")))) {
      Wire.Reply reply = server.ask("GET", "/now");
      MalformedRequestTest.assertThatItIsRefused(reply, 416);
      assertThat(reply.header("Content-Range")).isEqualTo("x");
    }
  }

  @Test
  void tellsADefectToTheLogOnly() throws IOException {
    try (TestServer server = failing(new IllegalStateException("the password is hunter2"));
        LoggedEvents logged = new LoggedEvents(ErrorAnswers.class.getName())) {
      Wire.Reply reply = server.ask("GET", "/now");

      MalformedRequestTest.assertThatItIsRefused(reply, 500);
      assertThat(reply.body()).doesNotContain("hunter2").doesNotContain("Exception");
      ILoggingEvent event = logged.events().get(0);
      assertThat(event.getLevel()).isEqualTo(Level.ERROR);
      assertThat(event.getFormattedMessage()).contains(reply.header("x-openstack-request-id"));
      assertThat(event.getThrowableProxy().getMessage()).isEqualTo("the password is hunter2");
    }
  }

  @Test
  void tellsNobodyElseWhatAnErrorOfTheMachineSays() throws IOException {
    Route failing =
        Route.of(
            "GET",
            "/",
            call -> {
              throw new AssertionError("the password is hunter2");
            });
    try (TestServer server = new TestServer(failing);
        LoggedEvents logged = new LoggedEvents(ErrorAnswers.class.getName())) {
      Wire.Reply reply = server.ask("GET", "/");
      assertThat(logged.events()).isNotEmpty();
      MalformedRequestTest.assertThatItIsRefused(reply, 500);
      assertThat(reply.body()).doesNotContain("hunter2");
    }
  }

  private static TestServer failing(RuntimeException error) {
    return new TestServer(
        Route.of(
            "GET",
            "/now",
            call -> {
              throw error;
            }),
        Route.streaming(
            "GET", "/later", (call, exchange) -> exchange.fail(new CompletionException(error))));
  }
}
