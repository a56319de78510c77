package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ConnectionsTest {

  private final List<Wire> wires = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }

  private Wire connect(TestServer server) throws IOException {
    Wire wire = server.connect();
    wires.add(wire);
    return wire;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /ec",
        "POST /echo HTTP/1.1\nHost: x\nContent-Le",
        "POST /echo HTTP/1.1\nHost: x\nContent-Length: 100\n\n{\"half\": ",
        "POST /echo HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n40\n{\"half\": ",
        "POST /nothing HTTP/1.1\nHost: x\nContent-Length: 100\n\n{\"half\": ",
      })
  void answersOthersWhileHundredsDawdle(String half) throws IOException {
    try (TestServer server = new TestServer(TestServer.echo("POST", "/echo"))) {
      for (int i = 0; i < 300; i++) {
        connect(server).send(half);
      }
      assertThat(server.send("POST", "/echo", "hello").body()).isEqualTo("hello");
    }
  }

  @Test
  void servesNoMoreConnectionsThanItMayAndTheNextOneLater() throws IOException {
    HttpLimits two =
        TestServer.limits(1000, 1_000_000, 2, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (TestServer server = new TestServer(two, TestServer.echo("POST", "/echo"))) {
      String request = "POST /echo HTTP/1.1\nHost: x\nContent-Length: 1\n\na";
      Wire one = connect(server);
      Wire other = connect(server);
      assertThat(one.send(request).reply().body()).isEqualTo("a");
      assertThat(other.send(request).reply().body()).isEqualTo("a");

      CompletableFuture<Wire.Reply> third =
          CompletableFuture.supplyAsync(() -> replyOn(server, request));
      assertThat(one.send(request).reply().body()).isEqualTo("a");
      assertThat(third).isNotDone();
      one.close();
      assertThat(third.join().body()).isEqualTo("a");
    }
  }

  private static Wire.Reply replyOn(TestServer server, String request) {
    try {
      return server.exchange(request);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /ec", "POST /echo HTTP/1.1\nHost: x\nContent-Length: 1\n\na"})
  void closesAConnectionOnWhichNothingMoves(String start) throws IOException {
    try (TestServer server =
        new TestServer(
            TestServer.idleAfter(Duration.ofMillis(200)), TestServer.echo("POST", "/echo"))) {
      Wire wire = connect(server).send(start);
      if (start.endsWith("a")) {
        assertThat(wire.reply().body()).isEqualTo("a");
      }
      assertThat(wire.isClosedSilently()).isTrue();
    }
  }

  /** Bytes that never stop coming keep no connection from its deadline. */
  @ParameterizedTest
  @ValueSource(strings = {"GET /", "GET / HTTP/1.1\nHost: x\nX-Long: "})
  void closesAConnectionOnWhichAHeadNeverEnds(String start) throws IOException {
    HttpLimits hasty =
        new HttpLimits(
            Integer.MAX_VALUE / 2,
            1000,
            1000,
            400,
            16,
            Duration.ofMillis(200),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            TestServer.ANY_RATE,
            TestServer.ANY_RATE);
    try (TestServer server = new TestServer(hasty, TestServer.echo("POST", "/echo"))) {
      Wire wire = connect(server).send(start);
      assertThatThrownBy(
              () -> {
                while (true) {
                  wire.send("a");
                }
              })
          .isInstanceOf(SocketException.class);
      Wire again = connect(server);
      String request = "POST /echo HTTP/1.1\nHost: x\nContent-Length: 1\n\na";
      assertThat(again.send(request).reply().body()).isEqualTo("a");
      again.send(start);
      assertThat(again.isClosedSilently()).isTrue();
    }
  }

  @Test
  void takesNoAnswerThatTakesItsTimeForIdle() throws Exception {
    CompletableFuture<Answer> later = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    Route slow =
        Route.of(
                "POST",
                "/slow",
                call -> {
                  asked.countDown();
                  return later.join();
                })
            .taking(RequestBody.DOCUMENT);
    try (TestServer server =
        new TestServer(
            TestServer.idleAfter(Duration.ofMillis(100)), slow, TestServer.echo("POST", "/echo"))) {
      Wire waiting = connect(server).send("POST /slow HTTP/1.1\nHost: x\nContent-Length: 1\n\na");
      asked.await();
      // Another connection, begun later, has become idle.
      assertThat(connect(server).isClosedSilently()).isTrue();
      assertThat(connect(server).isClosedSilently()).isTrue();
      later.complete(TestServer.text("done"));
      assertThat(waiting.reply().body()).isEqualTo("done");
    }
  }
}
