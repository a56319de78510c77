package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpServiceTest {

  private static final String ASK = "GET / HTTP/1.1\nHost: x\n\n";

  private static HttpService start(InetSocketAddress address) {
    return HttpService.start(
        address,
        new Router(List.of(Route.open("GET", "/", call -> TestServer.text("hello")))),
        request -> CompletableFuture.completedFuture(Requester.member("alice", "acme")),
        TestServer.LIMITS,
        TestServer.DOOR,
        false,
        null);
  }

  @Test
  void saysWhereItListens() throws IOException {
    try (HttpService service = start(InetSocketAddress.createUnresolved("127.0.0.1", 0))) {
      assertThat(service.url()).matches("http://127\\.0\\.0\\.1:[1-9]\\d*");
      assertThat(Wire.exchange(service.url(), ASK).body()).isEqualTo("hello");
    }
  }

  @Test
  void saysWhyItCantListen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          InetSocketAddress.createUnresolved("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> start(address))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("choose another address or port");
    }
  }

  @Test
  void saysWhyItCantListenOnAnAddressOfNobody() {
    assertThatThrownBy(() -> start(InetSocketAddress.createUnresolved("no-such-host.invalid", 0)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void letsWhatIsUnderWayFinishAndRefusesTheRest() throws Exception {
    CompletableFuture<Answer> later = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    try (TestServer server =
            new TestServer(
                Route.open("GET", "/", call -> TestServer.text("hello")),
                Route.streaming(
                    "GET",
                    "/later",
                    (call, exchange) -> {
                      var unused = later.thenAccept(exchange::answer);
                      asked.countDown();
                    }));
        Wire busy = server.connect();
        Wire open = server.connect();
        Wire half = server.connect()) {
      assertThat(open.send(ASK).reply().body()).isEqualTo("hello");
      half.send("GET / HTTP/1.1\nHost:");
      busy.send("GET /later HTTP/1.1\nHost: x\n\n");
      asked.await();

      server.service.drain();
      awaitRefusal(server);
      Wire.Reply refusal = half.send(" x\n\n").reply();
      MalformedRequestTest.assertThatItIsRefused(refusal, 503);
      assertThat(refusal.header("Connection")).isEqualTo("close");
      assertThat(half.isClosedSilently()).isTrue();
      assertThat(open.isClosedSilently()).isTrue();

      later.complete(TestServer.text("done"));
      assertThat(busy.reply().body()).isEqualTo("done");
      assertThat(busy.isClosedSilently()).isTrue();
    }
  }

  /** The operating system may give it one connection more than it wants. */
  private static void awaitRefusal(TestServer server) throws IOException {
    while (true) {
      try (Wire wire = server.connect()) {
        assertThat(wire.send(ASK).reply().status()).isEqualTo(503);
      } catch (SocketException refused) {
        return;
      }
    }
  }

  @Test
  void answersAsBeforeWhileItLeavesAndHasClientsGoElsewhere() throws Exception {
    try (TestServer server = new TestServer(Route.open("GET", "/", call -> TestServer.text("a")));
        Wire open = server.connect()) {
      assertThat(open.send(ASK).reply().header("Connection")).isNull();

      server.service.leave();

      Wire.Reply reply = open.send(ASK).reply();
      assertThat(reply.body()).isEqualTo("a");
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(open.isClosedSilently()).isTrue();
      assertThat(Wire.exchange(server.service.url(), ASK).body()).isEqualTo("a");
      String check = "OPTIONS / HTTP/1.0\n\n";
      assertThat(Wire.exchange(server.service.url(), check).status()).isEqualTo(503);
    }
  }

  @Test
  void endsStreamsOfEventsInOrderWhenItDrains() throws Exception {
    CompletableFuture<Exchange.EventSink> subscribed = new CompletableFuture<>();
    try (TestServer server =
            new TestServer(
                Route.streaming(
                    "GET",
                    "/events",
                    (call, exchange) ->
                        exchange.events(
                            stream -> {
                              subscribed.complete(stream);
                              return () -> {};
                            })));
        Wire client = server.connect()) {
      client.send("GET /events HTTP/1.0\nHost: x\n\n");
      subscribed.get().next(new Exchange.Event("one".getBytes(StandardCharsets.US_ASCII), false));

      server.service.drain();

      assertThat(server.service.awaitQuiet(Duration.ofSeconds(30))).isTrue();
      assertThat(client.replyWithoutBody().status()).isEqualTo(200);
      assertThat(client.rest()).startsWith("data: one\n\n");
    }
  }

  @Test
  void tellsWhoStillWaitsThatThereWillBeNoAnswer() throws Exception {
    CountDownLatch asked = new CountDownLatch(3);
    HttpService service =
        HttpService.start(
            InetSocketAddress.createUnresolved("127.0.0.1", 0),
            new Router(
                List.of(
                    Route.streaming("PUT", "/s", (call, exchange) -> asked.countDown()),
                    Route.streaming("GET", "/later", (call, exchange) -> asked.countDown()))),
            request -> CompletableFuture.completedFuture(Requester.member("alice", "acme")),
            TestServer.LIMITS,
            TestServer.DOOR,
            false,
            null);
    try (Wire later = Wire.to(service.url());
        Wire sent = Wire.to(service.url());
        Wire half = Wire.to(service.url())) {
      later.send("GET /later HTTP/1.1\nHost: x\n\n");
      sent.send("PUT /s HTTP/1.1\nHost: x\nContent-Length: 2\n\nab");
      half.send("PUT /s HTTP/1.1\nHost: x\nContent-Length: 2\n\na");
      asked.await();
      service.close();
      for (Wire wire : List.of(later, sent, half)) {
        MalformedRequestTest.assertThatItIsRefused(wire.reply(), 503);
        assertThat(wire.isClosedSilently()).isTrue();
      }
    }
  }

  @Test
  void endsEveryConnectionWhenItIsClosed() throws IOException {
    HttpService service = start(InetSocketAddress.createUnresolved("127.0.0.1", 0));
    try (Wire wire = Wire.to(service.url())) {
      assertThat(wire.send(ASK).reply().body()).isEqualTo("hello");
      service.close();
      assertThat(wire.isClosedSilently()).isTrue();
      service.close();
    }
  }
}
