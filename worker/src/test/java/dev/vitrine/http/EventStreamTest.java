package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.http.Exchange.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a stream of events says, and when it ends. */
class EventStreamTest {

  private static final Duration OFTEN = Duration.ofMillis(1);

  private static Route events(Supplier<Event> look) {
    return Route.streaming("GET", "/events", (call, exchange) -> exchange.events(OFTEN, look));
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
    Iterator<Event> looks =
        List.of(event("1", false), event("1", false), event("2", false), event("3", true))
            .iterator();
    try (TestServer server = new TestServer(events(looks::next))) {
      HttpResponse<String> reply = get(server);

      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(reply.body()).isEqualTo("data: 1\n\ndata: 2\n\ndata: 3\n\n");
    }
  }

  @Test
  void endsAtOnceWhereNothingMoreComes() throws Exception {
    try (TestServer server = new TestServer(events(() -> event("over", true)))) {
      assertThat(get(server).body()).isEqualTo("data: over\n\n");
    }
  }
}
