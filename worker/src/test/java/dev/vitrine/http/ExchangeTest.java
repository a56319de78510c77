package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that stream, read by a thread of the test's. */
@Timeout(60)
class ExchangeTest {

  private static final int BLOCK = 64 * 1024;
  private static final int MANY = 1024;

  private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
  private TestServer server =
      new TestServer(Route.streaming("PUT", "/s", (call, exchange) -> exchanges.add(exchange)));

  @AfterEach
  void stop() {
    server.close();
  }

  private static String head(String more) {
    return "PUT /s HTTP/1.1\nHost: x\n" + more + "\n\n";
  }

  private static byte[] block() {
    return new byte[BLOCK];
  }

  /** Runs what may block, on a thread that gets the interrupt. */
  private static <T> CompletableFuture<T> on(Thread[] thread, Reading<T> reading) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                result.complete(reading.read());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    thread[0] = reader;
    reader.start();
    return result;
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> CompletableFuture<T> async(Reading<T> reading) {
    return on(new Thread[1], reading);
  }

  /** Waits until a thread waits for something that only somebody else can bring. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

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

  /** As plain clients do: everything first, then the answer. */
  @Test
  void isHeardByAClientThatSendsEverythingFirst() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: " + MANY * BLOCK));
      exchanges.take().fail(new Conflict("already active"));
      for (int i = 0; i < MANY; i++) {
        wire.send(block());
      }
      Wire.Reply reply = wire.reply();
      MalformedRequestTest.assertThatItIsRefused(reply, 409);
      assertThat(wire.isClosedSilently()).isTrue();
    }
  }

  @Test
  void isHeardByAClientThatSendsEverythingToNowhere() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send("PUT /nowhere HTTP/1.1\nHost: x\nContent-Length: %d\n\n".formatted(256 * BLOCK));
      for (int i = 0; i < 256; i++) {
        wire.send(block());
      }
      MalformedRequestTest.assertThatItIsRefused(wire.reply(), 404);
    }
  }

  @Test
  void isHeardAtOnceByAClientThatKeepsItsConnection() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 1000000") + "ab");
      Exchange exchange = exchanges.take();
      assertThat(exchange.body().read()).isEqualTo('a');
      exchange.fail(new HttpProblem(410, "deleted"));
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(410);
      assertThat(reply.header("Connection")).isEqualTo("close");
    }
  }

  @Test
  void asksForTheBodyWhenItIsRead() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Expect: 100-continue\nContent-Length: 2"));
      Exchange exchange = exchanges.take();
      CompletableFuture<byte[]> read = async(exchange.body()::readAllBytes);
      assertThat(wire.replyWithoutBody().status()).isEqualTo(100);
      wire.send("ab");
      assertThat(read.get()).asString().isEqualTo("ab");
      exchange.answer(Answer.noContent());
      assertThat(wire.reply().status()).isEqualTo(204);
    }
  }

  @Test
  void answersOnce() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 0"));
      Exchange exchange = exchanges.take();
      exchange.answer(Answer.noContent());
      exchange.fail(new Conflict("late"));
      AtomicBoolean closed = new AtomicBoolean();
      exchange.stream(200, Map.of(), buffer -> -1, () -> closed.set(true));
      assertThat(closed).isTrue();
      assertThat(wire.reply().status()).isEqualTo(204);
      wire.send(head("Content-Length: 0"));
      exchanges.take().answer(Answer.json(200, "{}"));
      assertThat(wire.reply().body()).isEqualTo("{}");
    }
  }

  @Test
  void writesAnAnswerAsItIsRead() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 0"));
      CompletableFuture<Void> closed = new CompletableFuture<>();
      Iterator<String> pieces = List.of("one ", "two ", "three").iterator();
      exchanges.take().stream(
          206,
          Map.of("Content-Length", "13"),
          buffer -> {
            if (!pieces.hasNext()) {
              return -1;
            }
            byte[] piece = pieces.next().getBytes(StandardCharsets.UTF_8);
            buffer.put(piece);
            return piece.length;
          },
          () -> closed.complete(null));
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(206);
      assertThat(reply.body()).isEqualTo("one two three");
      closed.get();
    }
  }

  @Test
  void cutsOffAnAnswerThatCantBeReadOn() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 0"));
      CompletableFuture<Void> closed = new CompletableFuture<>();
      AtomicBoolean first = new AtomicBoolean(true);
      exchanges.take().stream(
          200,
          Map.of("Content-Length", "13"),
          buffer -> {
            if (first.getAndSet(false)) {
              buffer.put((byte) 'a');
              return 1;
            }
            throw new IllegalStateException("the store is down");
          },
          () -> closed.complete(null));
      assertThatThrownBy(wire::reply).isInstanceOf(IOException.class);
      closed.get();
    }
  }

  @Test
  void endsAnAnswerThatNobodyTakes() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 0"));
      exchanges.take().stream(
          200,
          Map.of("Content-Length", Long.toString(Long.MAX_VALUE)),
          buffer -> {
            int length = buffer.remaining();
            buffer.position(buffer.limit());
            return length;
          },
          () -> closed.complete(null));
    }
    closed.get();
  }

  @Test
  void unwrapsWhatAFutureFailedWith() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: 0"));
      exchanges.take().fail(new CompletionException(new Conflict("inside")));
      assertThat(wire.reply().body()).contains("inside");
    }
  }
}
