package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
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

  @Test
  void holdsNoBodyThatItsRouteDoesNotTake() throws IOException {
    HttpLimits none = TestServer.limits(1000, 1, 400, Duration.ofMinutes(1), Duration.ofMinutes(1));
    Route taken = Route.of("PUT", "/done", call -> TestServer.text("" + call.body().length));
    try (TestServer narrow = new TestServer(none, taken);
        Wire wire = narrow.connect()) {
      wire.send("PUT /done HTTP/1.1\nHost: x\nContent-Length: 1000000\n\n" + "a".repeat(1000));
      assertThat(wire.reply().body()).isEqualTo("0");
    }
  }

  @Test
  void refusesWhatExceedsTheMemoryOfAllBodiesUntilThereIsRoomAgain() throws Exception {
    HttpLimits narrow =
        TestServer.limits(60_000, 100_000, 400, Duration.ofMinutes(1), Duration.ofMinutes(1));
    String request = "POST /echo HTTP/1.1\nHost: x\nContent-Length: 60000\n\n";
    try (TestServer bounded = new TestServer(narrow, TestServer.echo("POST", "/echo"))) {
      Wire holds = bounded.connect().send(request + "a".repeat(59_999));
      Wire.Reply refusal = bounded.send("POST", "/echo", "b".repeat(60_000));
      while (refusal.status() == 200) {
        if (holds.isAnswered()) {
          // The other one was first, and this one had no room.
          holds.close();
          holds = bounded.connect().send(request + "a".repeat(59_999));
        }
        refusal = bounded.send("POST", "/echo", "b".repeat(60_000));
      }
      MalformedRequestTest.assertThatItIsRefused(refusal, 503);
      assertThat(refusal.header("Retry-After")).isEqualTo("5");
      assertThat(bounded.send("POST", "/echo", "c".repeat(40_000)).status()).isEqualTo(200);

      assertThat(holds.send("a").reply().body()).hasSize(60_000);
      for (int i = 0; i < 20; i++) {
        assertThat(bounded.send("POST", "/echo", "b".repeat(60_000)).status()).isEqualTo(200);
      }
      holds.close();
    }
  }

  @Test
  void givesBackWhatABodyHeldThatBrokeOff() throws Exception {
    HttpLimits narrow =
        TestServer.limits(60_000, 60_000, 400, Duration.ofMinutes(1), Duration.ofMinutes(1));
    String request = "POST /echo HTTP/1.1\nHost: x\nContent-Length: 60000\n\n";
    try (TestServer bounded = new TestServer(narrow, TestServer.echo("POST", "/echo"))) {
      for (int i = 0; i < 20; i++) {
        try (Wire wire = bounded.connect()) {
          wire.send(request + "a".repeat(50_000)).end();
          assertThat(wire.reply().status()).isIn(400, 503);
        }
      }
      assertThat(bounded.send("POST", "/echo", "b".repeat(60_000)).status()).isEqualTo(200);
    }
  }

  @Test
  void cutsOffABodyThatComesTooSlowly() throws Exception {
    LeastRate rate = new LeastRate(1L << 40, Duration.ofMillis(20));
    try (TestServer hasty =
            new TestServer(TestServer.atLeast(rate), TestServer.echo("POST", "/echo"));
        Wire wire = hasty.connect()) {
      wire.send("POST /echo HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n");
      CompletableFuture<Void> dribble =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (true) {
                    wire.send("1\na\n");
                  }
                } catch (IOException closed) {
                  // As it should be.
                }
              });
      MalformedRequestTest.assertThatItIsRefused(wire.reply(), 408);
      wire.end();
      dribble.join();
    }
  }
}
