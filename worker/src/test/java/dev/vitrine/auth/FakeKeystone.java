package dev.vitrine.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.config.AuthSettings;
import dev.vitrine.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Answers as the Identity API v3's reference documents it, over HTTP on a port of its own. */
final class FakeKeystone implements AutoCloseable {

  static final String PASSWORD = "hunter2";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How validations are answered. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  final AtomicInteger validations = new AtomicInteger();
  final AtomicInteger issues = new AtomicInteger();
  final List<String> queries = new CopyOnWriteArrayList<>();

  /** The life of the tokens that the service itself gets. */
  volatile Duration life = Duration.ofHours(1);

  /** Null for the documented answer. */
  volatile Answer instead;

  /** Counted down before a validation is answered. */
  volatile CountDownLatch arrived = new CountDownLatch(0);

  /** Awaited before a validation is answered. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  private final Clock clock;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, String> subjects = new ConcurrentHashMap<>();
  private final Set<String> own = ConcurrentHashMap.newKeySet();

  FakeKeystone(Clock clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/identity/v3/auth/tokens", this::tokens);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d/identity".formatted(server.getAddress().getPort()));
  }

  AuthSettings.Keystone settings(Duration cacheTime, Duration timeout) {
    return settings(url(), PASSWORD, cacheTime, timeout);
  }

  static AuthSettings.Keystone settings(
      URI url, String password, Duration cacheTime, Duration timeout) {
    return new AuthSettings.Keystone(
        url,
        URI.create("https://keystone.example.org"),
        "vitrine",
        "Default",
        new Secret(password),
        "service",
        "Service domain",
        cacheTime,
        timeout);
  }

  /** Makes a token known, for a project. */
  void put(String token, Instant expiresAt, String... roles) {
    String names =
        List.of(roles).stream()
            .map("{\"id\": \"r1\", \"name\": \"%s\"}"::formatted)
            .collect(Collectors.joining(", "));
    put(
        token,
        """
        "expires_at": "%s", "user": {"id": "u1", "name": "alice", "domain": {"id": "default"}},
        "project": {"id": "p1", "name": "mars", "domain": {"id": "default"}}, "roles": [%s]
        """
            .formatted(expiresAt, names));
  }

  /** Makes a token known. */
  void put(String token, String fields) {
    subjects.put(token, "{\"token\": {\"methods\": [\"password\"], %s}}".formatted(fields));
  }

  void revoke(String token) {
    subjects.remove(token);
  }

  /** Ends the service's own tokens before their time. */
  void revokeOwn() {
    own.clear();
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void tokens(HttpExchange exchange) throws IOException {
    try (exchange) {
      queries.add(String.valueOf(exchange.getRequestURI().getQuery()));
      if (exchange.getRequestMethod().equals("POST")) {
        issue(exchange);
      } else {
        validate(exchange);
      }
    }
  }

  private void issue(HttpExchange exchange) throws IOException {
    String token = "own-" + issues.incrementAndGet();
    JsonNode auth = JSON.readTree(exchange.getRequestBody()).path("auth");
    JsonNode user = auth.at("/identity/password/user");
    boolean known =
        auth.at("/identity/methods/0").asText().equals("password")
            && user.path("name").asText().equals("vitrine")
            && user.at("/domain/name").asText().equals("Default")
            && user.path("password").asText().equals(PASSWORD)
            && auth.at("/scope/project/name").asText().equals("service")
            && auth.at("/scope/project/domain/name").asText().equals("Service domain");
    if (!known) {
      answer(exchange, 401, "{\"error\": {\"code\": 401, \"title\": \"Unauthorized\"}}");
      return;
    }
    own.add(token);
    exchange.getResponseHeaders().add("X-Subject-Token", token);
    answer(
        exchange,
        201,
        "{\"token\": {\"expires_at\": \"%s\", \"user\": {\"id\": \"v1\", \"name\": \"vitrine\"}}}"
            .formatted(clock.instant().plus(life)));
  }

  private void validate(HttpExchange exchange) throws IOException {
    validations.incrementAndGet();
    arrived.countDown();
    try {
      gate.await();
    } catch (InterruptedException stopped) {
      return;
    }
    if (instead != null) {
      instead.to(exchange);
      return;
    }
    String known = subjects.get(exchange.getRequestHeaders().getFirst("X-Subject-Token"));
    if (!own.contains(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
      answer(exchange, 401, "{\"error\": {\"code\": 401, \"title\": \"Unauthorized\"}}");
    } else if (known == null) {
      answer(exchange, 404, "{\"error\": {\"code\": 404, \"title\": \"Not Found\"}}");
    } else {
      answer(exchange, 200, known);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
