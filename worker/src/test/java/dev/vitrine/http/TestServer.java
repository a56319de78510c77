package dev.vitrine.http;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Forbidden;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A service with the routes of a test, on a free port of the loopback interface. */
final class TestServer implements AutoCloseable {

  /** Small, so that a test reaches them soon. */
  static final HttpLimits LIMITS =
      new HttpLimits(null, 4096, 1000, 400, 16, Duration.ofMinutes(1), false);

  final HttpService service;

  TestServer(Route... routes) {
    this(LIMITS, routes);
  }

  TestServer(HttpLimits limits, Route... routes) {
    this.service =
        HttpService.start(
            InetSocketAddress.createUnresolved("127.0.0.1", 0),
            new Router(List.of(routes)),
            request -> {
              if (request.getHeaders().contains("X-Nobody")) {
                throw new Forbidden("nobody knows you");
              }
              return Requester.member("alice", "acme");
            },
            limits,
            null);
  }

  static HttpLimits idleAfter(Duration timeout) {
    return new HttpLimits(
        null,
        LIMITS.requestHeaderSize(),
        LIMITS.jsonBodySize(),
        LIMITS.connections(),
        LIMITS.threads(),
        timeout,
        false);
  }

  /** A route that gives back what it got. */
  static Route echo(String method, String template) {
    return Route.of(
        method, template, call -> text(new String(call.body(), StandardCharsets.UTF_8)));
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
