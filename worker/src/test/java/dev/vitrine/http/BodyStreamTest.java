package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The body of a request, read by one thread and stopped by others. */
class BodyStreamTest extends ExchangeFixture {

  @Test
  void readsABodyThatComesBitByBit() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 6")).send("ab");
      Exchange exchange = exchanges.take();
      BodyStream body = exchange.body();
      assertThat(body.read()).isEqualTo('a');
      assertThat(body.read(new byte[0], 0, 0)).isZero();
      byte[] into = new byte[10];
      assertThat(body.read(into, 2, 5)).isEqualTo(1);
      assertThat(into[2]).isEqualTo((byte) 'b');

      Thread[] reader = new Thread[1];
      CompletableFuture<byte[]> rest = on(reader, body::readAllBytes);
      awaitWaiting(reader[0]);
      wire.send("cd").send("ef");
      assertThat(rest.get()).asString().isEqualTo("cdef");
      assertThat(body.read()).isEqualTo(-1);
      assertThat(body.read()).isEqualTo(-1);

      exchange.answer(Answer.noContent());
      assertThat(wire.reply().status()).isEqualTo(204);
      // The body was read whole, so that the connection is good for more.
      wire.send(head("Content-Length: 0"));
      exchanges.take().answer(Answer.noContent());
      assertThat(wire.reply().header("Connection")).isNull();
    }
  }

  @Test
  void readsChunks() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Transfer-Encoding: chunked") + "3\nabc\n2\nde\n0\n\n");
      Exchange exchange = exchanges.take();
      assertThat(exchange.body().readAllBytes()).asString().isEqualTo("abcde");
      exchange.answer(Answer.noContent());
      assertThat(wire.reply().status()).isEqualTo(204);
    }
  }

  @Test
  void readsNothingWhereNothingIsSent() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send("PUT /s HTTP/1.1\nHost: x\n\n");
      Exchange exchange = exchanges.take();
      assertThat(exchange.body().read()).isEqualTo(-1);
      exchange.answer(Answer.noContent());
      assertThat(wire.reply().status()).isEqualTo(204);
    }
  }

  @Test
  void readsManyBlocksAsTheyWereSent() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: " + 64 * BLOCK));
      BodyStream body = exchanges.take().body();
      CompletableFuture<Integer> sent =
          async(
              () -> {
                for (int i = 0; i < 64; i++) {
                  byte[] block = block();
                  block[0] = (byte) i;
                  wire.send(block);
                }
                return 0;
              });
      for (int i = 0; i < 64; i++) {
        byte[] block = body.readNBytes(BLOCK);
        assertThat(block).hasSize(BLOCK);
        assertThat(block[0]).isEqualTo((byte) i);
      }
      assertThat(body.read()).isEqualTo(-1);
      sent.get();
    }
  }

  @Test
  void wakesAReaderWhenAnotherThreadCloses() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 6"));
      BodyStream body = exchanges.take().body();
      Thread[] reader = new Thread[1];
      CompletableFuture<Integer> read = on(reader, body::read);
      awaitWaiting(reader[0]);
      body.close();
      assertThatThrownBy(read::get).hasCauseInstanceOf(IOException.class);
      assertThatThrownBy(body::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void wakesAReaderWhenSomebodyAnswers() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 6"));
      Exchange exchange = exchanges.take();
      Thread[] reader = new Thread[1];
      CompletableFuture<Integer> read = on(reader, exchange.body()::read);
      awaitWaiting(reader[0]);
      exchange.fail(new Conflict("enough"));
      assertThatThrownBy(read::get).hasCauseInstanceOf(IOException.class);
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.header("Connection")).isEqualTo("close");
    }
  }

  @Test
  void stopsReadingWhenInterruptedAndGoesOnAfterwards() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 2"));
      BodyStream body = exchanges.take().body();
      Thread[] reader = new Thread[1];
      CompletableFuture<Boolean> interrupted =
          on(
              reader,
              () -> {
                assertThatThrownBy(body::read).isInstanceOf(InterruptedIOException.class);
                return Thread.currentThread().isInterrupted();
              });
      awaitWaiting(reader[0]);
      reader[0].interrupt();
      assertThat(interrupted.get()).isTrue();

      CompletableFuture<byte[]> rest = async(body::readAllBytes);
      wire.send("ab");
      assertThat(rest.get()).asString().isEqualTo("ab");
    }
  }

  @Test
  void failsAReadWhenTheClientIsGone() throws Exception {
    Wire wire = server.connect();
    wire.send(head("Content-Length: 6") + "ab");
    BodyStream body = exchanges.take().body();
    assertThat(body.readNBytes(2)).hasSize(2);
    Thread[] reader = new Thread[1];
    CompletableFuture<Integer> read = on(reader, body::read);
    awaitWaiting(reader[0]);
    wire.close();
    assertThatThrownBy(read::get).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void failsAReadWhenNothingComesWithinTheIdleTimeout() throws Exception {
    server.close();
    server =
        new TestServer(
            TestServer.idleAfter(Duration.ofMillis(200)),
            Route.streaming("PUT", "/s", (call, exchange) -> exchanges.add(exchange)));
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 6") + "ab");
      Exchange exchange = exchanges.take();
      assertThatThrownBy(exchange.body()::readAllBytes).isInstanceOf(IOException.class);
      exchange.fail(new HttpProblem(408, "too slow"));
      assertThat(wire.reply().status()).isEqualTo(408);
      assertThat(wire.isClosedSilently()).isTrue();
    }
  }

  @Test
  void takesNoReaderThatIsBusyElsewhereForAnIdleClient() throws Exception {
    server.close();
    server =
        new TestServer(
            TestServer.idleAfter(Duration.ofMillis(100)),
            Route.streaming("PUT", "/s", (call, exchange) -> exchanges.add(exchange)));
    try (Wire wire = server.connect();
        Wire idle = server.connect()) {
      wire.send(head("Content-Length: 2") + "ab");
      Exchange exchange = exchanges.take();
      assertThat(exchange.body().read()).isEqualTo('a');
      assertThat(idle.isClosedSilently()).isTrue();
      assertThat(server.connect().isClosedSilently()).isTrue();
      assertThat(exchange.body().readAllBytes()).asString().isEqualTo("b");
      exchange.answer(Answer.noContent());
      assertThat(wire.reply().status()).isEqualTo(204);
    }
  }

  /** Server of bodies that may pause longer than a connection may be idle. */
  private TestServer patient(Duration streamIdle) {
    Duration minute = Duration.ofMinutes(1);
    return new TestServer(
        new HttpLimits(
            4096,
            1000,
            1000,
            400,
            16,
            minute,
            Duration.ofMillis(100),
            streamIdle,
            TestServer.ANY_RATE,
            TestServer.ANY_RATE),
        Route.streaming("PUT", "/s", (call, exchange) -> exchanges.add(exchange)));
  }

  @Test
  void waitsLongerForAStreamThanForAConnection() throws Exception {
    try (TestServer patient = patient(Duration.ofMinutes(1));
        Wire wire = patient.connect()) {
      wire.send(head("Content-Length: 2") + "a");
      Exchange exchange = exchanges.take();
      exchange.awaitStream();
      CompletableFuture<byte[]> whole = async(exchange.body()::readAllBytes);
      // Others, begun later, have been idle for too long meanwhile.
      for (int i = 0; i < 3; i++) {
        try (Wire idle = patient.connect()) {
          assertThat(idle.isClosedSilently()).isTrue();
        }
      }
      wire.send("b");
      assertThat(whole.get()).asString().isEqualTo("ab");
      exchange.answer(Answer.noContent());
      assertThat(wire.reply().status()).isEqualTo(204);
      // What was granted to the body is over with it.
      assertThat(wire.isClosedSilently()).isTrue();
    }
  }

  @Test
  void knowsThatAStreamHasStalled() throws Exception {
    try (TestServer patient = patient(Duration.ofMillis(200));
        Wire wire = patient.connect()) {
      wire.send(head("Content-Length: 2") + "a");
      Exchange exchange = exchanges.take();
      exchange.awaitStream();
      assertThatThrownBy(() -> exchange.body().readAllBytes()).isInstanceOf(IOException.class);
      assertThat(exchange.body().stalled()).isTrue();
      exchange.fail(new HttpProblem(408, "too slow"));
      assertThat(wire.reply().status()).isEqualTo(408);
    }
  }
}
