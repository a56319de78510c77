package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.thread.LogContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AccessLogTest {

  private static final String ID = "req-[0-9a-f-]{36}";

  /** The lines that the requests made; a service that is closed has written them all. */
  private static List<String> lines(boolean on, String... requests) throws IOException {
    try (LoggedEvents logged = new LoggedEvents(AccessLog.LOGGER)) {
      try (TestServer server =
          new TestServer(
              on,
              TestServer.echo("POST", "/echo/{x}"),
              Route.open("GET", "/open", call -> TestServer.text("hello")))) {
        for (String request : requests) {
          try (Wire wire = server.connect()) {
            wire.send(request).reply();
            // The line is written before the server has done with the connection.
            assertThat(wire.end().isClosedSilently()).isTrue();
          }
        }
      }
      return logged.events().stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
  }

  @Test
  void saysWhoAskedForWhatAndWhatHeGot() throws IOException {
    assertThat(
            lines(
                true, "POST /echo/a%0Ab?token=secret HTTP/1.1\nHost: x\nContent-Length: 3\n\nabc"))
        .singleElement()
        .asString()
        .matches("POST /echo/a%0Ab 400 \\d+ bytes \\d+ ms " + ID + " -");
    assertThat(
            lines(
                true, "POST /echo/a%20b?token=secret HTTP/1.1\nHost: x\nContent-Length: 3\n\nabc"))
        .singleElement()
        .asString()
        .matches("POST /echo/a%20b 200 3 bytes \\d+ ms " + ID + " alice/acme");
  }

  @Test
  void hasALineAlsoForWhomItDoesNotKnow() throws IOException {
    assertThat(
            lines(
                true,
                "GET /open HTTP/1.1\nHost: x\n\n",
                "GET /nothing HTTP/1.1\nHost: x\n\n",
                "POST /echo/1 HTTP/1.1\nHost: x\nX-Nobody: 1\n\n",
                "nonsense\n\n"))
        .satisfiesExactly(
            line -> assertThat(line).matches("GET /open 200 5 bytes \\d+ ms " + ID + " -"),
            line -> assertThat(line).matches("GET /nothing 404 \\d+ bytes \\d+ ms " + ID + " -"),
            line -> assertThat(line).matches("POST /echo/1 403 \\d+ bytes \\d+ ms " + ID + " -"),
            line -> assertThat(line).matches(".* 400 \\d+ bytes \\d+ ms " + ID + " -"));
  }

  @Test
  void saysWhatItIsAbout() throws IOException {
    try (LoggedEvents logged = new LoggedEvents(AccessLog.LOGGER)) {
      List<String> seen = new CopyOnWriteArrayList<>();
      try (TestServer server =
          new TestServer(
              true,
              TestServer.echo("POST", "/echo/{x}"),
              Route.of(
                  "GET",
                  "/echo/{x}/below",
                  call -> {
                    seen.add(LogContext.present().toString());
                    throw new Unavailable("not now");
                  }))) {
        for (String request :
            List.of(
                "GET /echo/a1/below HTTP/1.1\nHost: x\n\n",
                "GET /echo/%s/below HTTP/1.1\nHost: x\n\n".formatted("a".repeat(65)),
                "GET /nothing HTTP/1.1\nHost: x\n\n")) {
          try (Wire wire = server.connect()) {
            wire.send(request).reply();
            assertThat(wire.end().isClosedSilently()).isTrue();
          }
        }
      }
      assertThat(logged.events())
          .allSatisfy(
              event -> {
                assertThat(event.getMDCPropertyMap().get("request")).matches(ID);
                assertThat(event.getFormattedMessage())
                    .contains(event.getMDCPropertyMap().get("request"));
              })
          .extracting(event -> event.getMDCPropertyMap().getOrDefault("image", "-"))
          .containsExactly("a1", "-", "-");
      assertThat(seen).first().asString().matches("\\{REQUEST=" + ID + ", IMAGE=a1}");
    }
  }

  @Test
  void saysNothingWhenOff() throws IOException {
    assertThat(lines(false, "GET /open HTTP/1.1\nHost: x\n\n")).isEmpty();
  }
}
