package dev.vitrine.http;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.thread.LogKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A service with the routes of a test, on a free port of the loopback interface. */
final class TestServer implements AutoCloseable {

  static final LeastRate ANY_RATE = new LeastRate(0, Duration.ofMinutes(1));

  /** Small, so that a test reaches them soon. */
  static final HttpLimits LIMITS =
      limits(1000, 1_000_000, 400, Duration.ofMinutes(1), Duration.ofMinutes(1));

  static final InboundRules DOOR =
      new InboundRules(null, InetAddress::isLoopbackAddress, null, null);

  final HttpService service;

  TestServer(Route... routes) {
    this(LIMITS, routes);
  }

  TestServer(HttpLimits limits, Route... routes) {
    this(limits, DOOR, false, routes);
  }

  TestServer(InboundRules door, Route... routes) {
    this(LIMITS, door, false, routes);
  }

  TestServer(boolean accessLog, Route... routes) {
    this(LIMITS, DOOR, accessLog, routes);
  }

  private TestServer(HttpLimits limits, InboundRules door, boolean accessLog, Route... routes) {
    this.service =
        HttpService.start(
            InetSocketAddress.createUnresolved("127.0.0.1", 0),
            new Router(List.of(routes), Map.of("/echo/{x}", LogKey.IMAGE)),
            request ->
                request.getHeaders().contains("X-Nobody")
                    ? CompletableFuture.failedFuture(new Forbidden("nobody knows you"))
                    : CompletableFuture.completedFuture(Requester.member("alice", "acme")),
            limits,
            door,
            accessLog,
            null);
  }

  static HttpLimits limits(
      int jsonBodySize, long bodyMemory, int connections, Duration header, Duration idle) {
    return new HttpLimits(
        4096, jsonBodySize, bodyMemory, connections, 16, header, idle, idle, ANY_RATE, ANY_RATE);
  }

  static HttpLimits idleAfter(Duration timeout) {
    return limits(1000, 1_000_000, 400, Duration.ofMinutes(1), timeout);
  }

  /** Where the bodies of both kinds have to come at a rate. */
  static HttpLimits atLeast(LeastRate rate) {
    Duration idle = Duration.ofMinutes(1);
    return new HttpLimits(4096, 100_000_000, 1_000_000_000, 400, 16, idle, idle, idle, rate, rate);
  }

  /** A route that gives back what it got. */
  static Route echo(String method, String template) {
    return Route.of(method, template, call -> text(new String(call.body(), StandardCharsets.UTF_8)))
        .taking(RequestBody.DOCUMENT);
  }

  static Answer text(String text) {
    return Answer.json(200, text);
  }

  Wire connect() throws IOException {
    return Wire.to(service.url());
  }

  /** The reply to one request on a connection of its own; {@code \n} ends a line. */
  Wire.Reply exchange(String request) throws IOException {
    return Wire.exchange(service.url(), request);
  }

  /** The reply to a request without a body. */
  Wire.Reply ask(String method, String target) throws IOException {
    return exchange("%s %s HTTP/1.1\nHost: x\n\n".formatted(method, target));
  }

  /** The reply to a request with a body of that length. */
  Wire.Reply send(String method, String target, String body) throws IOException {
    return exchange(
        "%s %s HTTP/1.1\nHost: x\nContent-Length: %d\n\n%s"
            .formatted(method, target, body.getBytes(StandardCharsets.UTF_8).length, body));
  }

  @Override
  public void close() {
    service.close();
  }
}
