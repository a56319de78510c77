package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeBodyTest {

  private static final int LARGEST = TestServer.LIMITS.jsonBodySize();

  private final TestServer server = new TestServer(TestServer.echo("POST", "/echo"));

  @AfterAll
  void stop() {
    server.close();
  }

  private static String chunked(String body) {
    return "POST /echo HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n%x\n%s\n0\n\n"
        .formatted(body.length(), body);
  }

  @Test
  void takesABodyUpToItsLimit() throws IOException {
    String body = "a".repeat(LARGEST);
    assertThat(server.send("POST", "/echo", body).body()).isEqualTo(body);
    assertThat(server.exchange(chunked(body)).body()).isEqualTo(body);
  }

  @Test
  void takesNoBodyForAnEmptyOne() throws IOException {
    assertThat(server.ask("POST", "/echo").status()).isEqualTo(200);
    assertThat(server.send("POST", "/echo", "").body()).isEmpty();
    assertThat(
            server
                .exchange("POST /echo HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n0\n\n")
                .body())
        .isEmpty();
  }

  @Test
  void refusesALongerOneByItsDeclaredLength() throws IOException {
    try (Wire wire = server.connect()) {
      wire.send("POST /echo HTTP/1.1\nHost: x\nContent-Length: %d\n\n".formatted(LARGEST + 1));
      Wire.Reply reply = wire.reply();
      MalformedRequestTest.assertThatItIsRefused(reply, 413);
      assertThat(reply.header("Connection")).isEqualTo("close");
    }
  }

  @Test
  void refusesALongerOneWithoutALength() throws IOException {
    MalformedRequestTest.assertThatItIsRefused(
        server.exchange(chunked("a".repeat(LARGEST + 1))), 413);
  }

  @Test
  void goesOnWithTheConnectionAfterARefusalOfWhatCameWhole() throws IOException {
    try (Wire wire = server.connect()) {
      wire.send(chunked("a".repeat(LARGEST + 1)));
      assertThat(wire.reply().status()).isEqualTo(413);
      assertThat(wire.send(chunked("b")).reply().body()).isEqualTo("b");
    }
  }

  @Test
  void refusesABodyThatBreaksOff() throws IOException {
    try (Wire wire = server.connect()) {
      wire.send("POST /echo HTTP/1.1\nHost: x\nContent-Length: 10\n\nabc").end();
      MalformedRequestTest.assertThatItIsRefused(wire.reply(), 400);
    }
    try (Wire wire = server.connect()) {
      wire.send("POST /echo HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n5\nabc").end();
      MalformedRequestTest.assertThatItIsRefused(wire.reply(), 400);
    }
  }

  @Test
  void answersWhoStopsSendingWithinTheIdleTimeout() throws IOException {
    try (TestServer impatient =
            new TestServer(
                TestServer.idleAfter(Duration.ofMillis(200)), TestServer.echo("POST", "/echo"));
        Wire wire = impatient.connect()) {
      wire.send("POST /echo HTTP/1.1\nHost: x\nContent-Length: 10\n\nabc");
      MalformedRequestTest.assertThatItIsRefused(wire.reply(), 408);
      assertThat(wire.isClosedSilently()).isTrue();
    }
  }

  @Test
  void asksWhoWaitsToBeAskedForTheBody() throws IOException {
    try (Wire wire = server.connect()) {
      wire.send("POST /echo HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 3\n\n");
      assertThat(wire.replyWithoutBody().status()).isEqualTo(100);
      assertThat(wire.send("abc").reply().body()).isEqualTo("abc");
    }
  }

  @Test
  void asksNobodyForABodyThatItRefuses() throws IOException {
    try (Wire wire = server.connect()) {
      wire.send("POST /nothing HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 3\n\n");
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(wire.isClosedSilently()).isTrue();
    }
  }
}
