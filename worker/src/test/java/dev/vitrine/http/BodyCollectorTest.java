package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Small bodies that are collected in memory, and when they are not. */
class BodyCollectorTest extends ExchangeFixture {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration HARDLY = Duration.ofMillis(1);

  @Test
  void collectsWhatHasCome() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 6") + "abcdef");
      Exchange exchange = exchanges.take();

      CollectedBody body = exchange.collectBody(6, LONG).get();

      assertThat(body.whole()).isTrue();
      assertThat(body.stream().readAllBytes()).asString().isEqualTo("abcdef");
      exchange.answer(Answer.noContent());
      assertThat(wire.reply().status()).isEqualTo(204);
      // The body was read whole, so that the connection is good for more.
      wire.send(head("Content-Length: 0"));
      exchanges.take().answer(Answer.noContent());
      assertThat(wire.reply().header("Connection")).isNull();
    }
  }

  @Test
  void collectsWhatComesBitByBit() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 6")).send("ab");
      Exchange exchange = exchanges.take();

      CompletableFuture<CollectedBody> collected = exchange.collectBody(6, LONG);
      assertThat(collected).isNotDone();
      wire.send("cd").send("ef");

      assertThat(collected.get().whole()).isTrue();
      assertThat(collected.get().stream().readAllBytes()).asString().isEqualTo("abcdef");
    }
  }

  @Test
  void goesOnAsAStreamWithWhatIsLate() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 6")).send("ab");
      Exchange exchange = exchanges.take();

      CollectedBody body = exchange.collectBody(6, HARDLY).get();

      assertThat(body.whole()).isFalse();
      InputStream stream = body.stream();
      assertThat(stream.readNBytes(2)).asString().isEqualTo("ab");
      Thread[] reader = new Thread[1];
      CompletableFuture<byte[]> rest = on(reader, stream::readAllBytes);
      awaitWaiting(reader[0]);
      wire.send("cd").send("ef");
      assertThat(rest.get()).asString().isEqualTo("cdef");
    }
  }

  @Test
  void stopsAReaderOfWhatIsLateThatIsClosed() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 6"));
      InputStream stream = exchanges.take().collectBody(6, HARDLY).get().stream();
      Thread[] reader = new Thread[1];
      CompletableFuture<Integer> read = on(reader, stream::read);
      awaitWaiting(reader[0]);

      stream.close();

      assertThatThrownBy(read::get).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void leavesABodyToBeReadForWhichThereIsNoMemoryUntilThereIs() throws Exception {
    server.close();
    server =
        new TestServer(
            TestServer.limits(10, 10, 400, LONG, LONG),
            Route.streaming("PUT", "/s", (call, exchange) -> exchanges.add(exchange)));
    String six = head("Content-Length: 6") + "abcdef";
    try (Wire first = server.connect();
        Wire second = server.connect()) {
      first.send(six);
      Exchange holds = exchanges.take();
      assertThat(holds.collectBody(6, LONG).get().whole()).isTrue();

      second.send(six);
      Exchange streams = exchanges.take();
      CollectedBody body = streams.collectBody(6, LONG).get();
      assertThat(body.whole()).isFalse();
      assertThat(body.stream().readAllBytes()).asString().isEqualTo("abcdef");
      streams.answer(Answer.noContent());
      assertThat(second.reply().status()).isEqualTo(204);

      holds.answer(Answer.noContent());
      assertThat(first.reply().status()).isEqualTo(204);
      for (int i = 0; i < 3; i++) {
        second.send(six);
        Exchange next = exchanges.take();
        assertThat(next.collectBody(6, LONG).get().whole()).as("round %d", i).isTrue();
        next.answer(Answer.noContent());
        assertThat(second.reply().status()).isEqualTo(204);
      }
    }
  }

  @Test
  void failsWhenTheBodyBreaksOff() throws Exception {
    Wire wire = server.connect();
    wire.send(head("Content-Length: 6")).send("ab");
    CompletableFuture<CollectedBody> collected = exchanges.take().collectBody(6, LONG);
    wire.close();

    assertThat(problem(collected).status()).isEqualTo(400);
  }

  @Test
  void failsWhenNothingComesWithinTheIdleTimeout() throws Exception {
    server.close();
    server =
        new TestServer(
            TestServer.idleAfter(Duration.ofMillis(200)),
            Route.streaming("PUT", "/s", (call, exchange) -> exchanges.add(exchange)));
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 6")).send("ab");

      assertThat(problem(exchanges.take().collectBody(6, LONG)).status()).isEqualTo(408);
    }
  }

  private static HttpProblem problem(CompletableFuture<CollectedBody> collected)
      throws InterruptedException {
    try {
      throw new AssertionError("collected " + collected.get());
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(HttpProblem.class);
      return (HttpProblem) e.getCause();
    }
  }
}
