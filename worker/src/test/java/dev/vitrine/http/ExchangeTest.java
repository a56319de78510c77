package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The one answer to a request, whatever the client still sends. */
class ExchangeTest extends ExchangeFixture {

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

  /** A body where nobody expects one, as a GET may have. */
  @Test
  void saysThatTheConnectionEndsThoughTheAnswerStreamsOverAnUnreadBody() throws Exception {
    try (Wire wire = server.connect()) {
      wire.send(head("Content-Length: " + MANY * BLOCK));
      exchanges.take().stream(200, Map.of("Content-Length", "0"), buffer -> -1, () -> {});
      for (int i = 0; i < MANY; i++) {
        wire.send(block());
      }
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(wire.isClosedSilently()).isTrue();
    }
  }

  @Test
  void givesEachRequestItsOwnAnswerWhenARefusedBodyWasReadToItsEnd() throws Exception {
    try (Wire wire = server.connect()) {
      String next = "GET /HTTP/1.1 201 HTTP/1.1\r\n\r\n";
      wire.send(head("Content-Length: " + next.length()) + next + head("Content-Length: 0"));
      exchanges.take().fail(new Conflict("already active"));
      MalformedRequestTest.assertThatItIsRefused(wire.reply(), 409);
      exchanges.take().answer(Answer.noContent());
      assertThat(wire.reply().status()).isEqualTo(204);
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
