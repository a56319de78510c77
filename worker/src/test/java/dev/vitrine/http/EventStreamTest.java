package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.http.Exchange.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a stream of events says, and when it ends. */
class EventStreamTest {

  private final AtomicInteger ended = new AtomicInteger();

  /** Events that come one after the other, by a thread of their own. */
  private Route events(Iterable<Event> events) {
    return Route.streaming(
        "GET",
        "/events",
        (call, exchange) ->
            exchange.events(
                stream -> {
                  new Thread(() -> events.forEach(stream::next)).start();
                  return ended::incrementAndGet;
                }));
  }

  private static Event event(String document, boolean last) {
    return new Event(document.getBytes(StandardCharsets.UTF_8), last);
  }

  private static HttpResponse<String> get(TestServer server) throws Exception {
    URI events = URI.create(server.service.url() + "/events");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(events).build(), BodyHandlers.ofString());
  }

  @Test
  void saysWhatHasChangedAndEndsWithTheLast() throws Exception {
    try (TestServer server =
        new TestServer(
            events(
                List.of(
                    event("1", false), event("1", false), event("2", false), event("3", true))))) {
      HttpResponse<String> reply = get(server);

      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      // Who is told faster than it can pass on leaves out what was overtaken.
      assertThat(reply.body()).startsWith("data: 1\n\n").endsWith("data: 3\n\n");
      assertThat(reply.body().replace("data: 2\n\n", "")).isEqualTo("data: 1\n\ndata: 3\n\n");
    }
    assertThat(ended).hasValue(1);
  }

  @Test
  void endsAtOnceWhereNothingMoreComes() throws Exception {
    try (TestServer server = new TestServer(events(List.of(event("over", true))))) {
      assertThat(get(server).body()).isEqualTo("data: over\n\n");
    }
    assertThat(ended).hasValue(1);
  }

  @Test
  void endsWhereTheFirstIsTheLastAndComesAtOnce() throws Exception {
    Route now =
        Route.streaming(
            "GET",
            "/events",
            (call, exchange) ->
                exchange.events(
                    stream -> {
                      stream.next(event("over", true));
                      return ended::incrementAndGet;
                    }));
    try (TestServer server = new TestServer(now)) {
      assertThat(get(server).body()).isEqualTo("data: over\n\n");
    }
    assertThat(ended).hasValue(1);
  }

  @Test
  void givesSignsOfLifeWhileNothingChangesAndNoticesWhoIsGone() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Route unchanging =
        Route.streaming(
            "GET",
            "/events",
            (call, exchange) ->
                exchange.events(
                    stream -> {
                      new Thread(
                              () -> {
                                while (gone.getCount() > 0) {
                                  stream.next(event("same", false));
                                }
                              })
                          .start();
                      return gone::countDown;
                    }));
    try (TestServer server = new TestServer(unchanging)) {
      try (Wire wire = server.connect()) {
        wire.send("GET /events HTTP/1.1\nHost: x\n\n");
        assertThat(wire.replyWithoutBody().status()).isEqualTo(200);
      }
      gone.await();
    }
  }
}
