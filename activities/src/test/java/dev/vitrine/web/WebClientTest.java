package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.web.WebFailure.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a server on loopback, which is what it must not reach unless allowed. */
final class WebClientTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final List<String> lookedUp = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void close() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    requests.add(exchange.getRequestHeaders().getFirst("Host") + path);
    String to = redirects.get(path);
    if (to != null) {
      exchange.getResponseHeaders().set("Location", to);
      exchange.sendResponseHeaders(302, -1);
    } else if (path.startsWith("/silent")) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      byte[] body = "data".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private String at(String host, String path) {
    return "http://%s:%d%s".formatted(host, server.getAddress().getPort(), path);
  }

  /** Gives a host's addresses one look-up after the other, and the last one again and again. */
  private InetAddress[] resolve(String host) throws UnknownHostException {
    long before = lookedUp.stream().filter(host::equals).count();
    lookedUp.add(host);
    List<String> answers = addresses.getOrDefault(host, List.of(host));
    String answer = answers.get((int) Math.min(before, answers.size() - 1));
    String[] all = answer.split(" ");
    InetAddress[] found = new InetAddress[all.length];
    for (int i = 0; i < all.length; i++) {
      found[i] = InetAddress.getByName(all[i]);
    }
    return found;
  }

  private WebClient client(WebRules rules) {
    return new WebClient(new WebAccess(rules, this::resolve, List.of()), LONG, LONG, null);
  }

  /** Allows every port, and 127.0.0.1 alone besides public addresses. */
  private static WebRules oneAddress() {
    return new WebRules(
        Set.of("http", "https"),
        List.of(),
        List.of(),
        Set.of(),
        Set.of(),
        List.of(AddressRange.of("127.0.0.1")),
        List.of());
  }

  private static WebRules publicOnly() {
    WebRules some = oneAddress();
    return new WebRules(
        some.schemes(),
        some.hosts(),
        some.deniedHosts(),
        some.ports(),
        some.deniedPorts(),
        List.of(),
        List.of());
  }

  private static String read(WebClient client, String url) throws Exception {
    WebAnswer answer = client.get(URI.create(url), display(url), Map.of(), closeable -> {});
    try (var stream = answer.stream()) {
      return answer.status() + " " + new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String display(String url) {
    return url.replaceFirst("\\?.*", "?…");
  }

  private static WebFailure failure(WebClient client, String url) {
    return catchThrowableOfType(WebFailure.class, () -> read(client, url));
  }

  private static void assertRefused(WebClient client, String url, String because) {
    WebFailure failure = failure(client, url);
    assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
    assertThat(failure).hasMessageContaining(because).hasMessageNotContaining("secret");
  }

  @Test
  void readsWhereItIsAllowedTo() throws Exception {
    assertThat(read(client(oneAddress()), at("127.0.0.1", "/a?q=1"))).isEqualTo("200 data");
    assertThat(requests).containsExactly("127.0.0.1:%d/a?q=1".formatted(port()));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]"})
  void refusesAddressesThatAreNotPublic(String host) {
    assertRefused(client(publicOnly()), at(host, "/a?secret"), "a loopback address");
    assertThat(requests).isEmpty();
  }

  @Test
  void refusesANameThatLeadsToOne() {
    addresses.put("innocent.example", List.of("127.0.0.1"));
    assertRefused(
        client(publicOnly()), at("innocent.example", "/a?secret"), "web-sources.addresses");
    assertThat(requests).isEmpty();
  }

  @Test
  void connectsToTheAddressThatWasCheckedWhateverTheNameSaysNext() throws Exception {
    // Were the name looked up again to connect, it would lead to where nobody listens.
    addresses.put("rebinding.example", List.of("127.0.0.1", "127.0.0.2"));
    assertThat(read(client(oneAddress()), at("rebinding.example", "/a"))).isEqualTo("200 data");
    assertThat(lookedUp).containsExactly("rebinding.example");
    assertThat(requests).containsExactly("rebinding.example:%d/a".formatted(port()));
    assertRefused(client(oneAddress()), at("rebinding.example", "/a"), "a loopback address");
  }

  @Test
  void connectsOnlyToThoseOfANamesAddressesThatAreAllowed() throws Exception {
    addresses.put("mixed.example", List.of("127.0.0.2 10.0.0.1 127.0.0.1"));
    assertThat(read(client(oneAddress()), at("mixed.example", "/a"))).isEqualTo("200 data");
  }

  @Test
  void triesANamesAddressesInTurn() throws Exception {
    addresses.put("half.example", List.of("127.0.0.3 127.0.0.1"));
    WebRules loopback = publicOnly().withLoopback();
    assertThat(read(client(loopback), at("half.example", "/a"))).isEqualTo("200 data");
  }

  @Test
  void checksEachRedirect() {
    addresses.put("outside.example", List.of("127.0.0.1"));
    redirects.put("/a?secret", at("127.0.0.2", "/inside?secret"));
    assertRefused(
        client(oneAddress()),
        at("outside.example", "/a?secret"),
        "redirected to http://127.0.0.2:%d/inside?…: it leads to a loopback".formatted(port()));
    redirects.put("/b", "file:///etc/passwd");
    assertRefused(client(oneAddress()), at("outside.example", "/b"), "scheme 'file'");
    redirects.put("/c", "http://user:secret@127.0.0.1/");
    assertRefused(client(oneAddress()), at("outside.example", "/c"), "user information");
    redirects.put("/d", "http://2130706433/");
    assertRefused(client(oneAddress()), at("outside.example", "/d"), "host");
    assertThat(requests).hasSize(4).allMatch(request -> request.startsWith("outside.example:"));
  }

  @Test
  void looksARedirectsHostUpAnew() {
    addresses.put("turning.example", List.of("127.0.0.1", "10.0.0.1"));
    redirects.put("/a", at("turning.example", "/b"));
    assertRefused(client(oneAddress()), at("turning.example", "/a"), "a private address");
    assertThat(requests).hasSize(1);
  }

  @Test
  void followsRedirects() throws Exception {
    redirects.put("/a", "b?x=1");
    redirects.put("/b?x=1", at("127.0.0.1", "/c"));
    assertThat(read(client(oneAddress()), at("127.0.0.1", "/a"))).isEqualTo("200 data");
  }

  @Test
  void followsOnlySoManyRedirects() {
    redirects.put("/a", "/a");
    assertRefused(client(oneAddress()), at("127.0.0.1", "/a"), "redirects more than 20 times");
    assertThat(requests).hasSize(21);
  }

  @Test
  void tellsAnUnknownHostAndOneWhereNobodyListens() {
    WebClient client =
        new WebClient(
            new WebAccess(
                oneAddress(),
                host -> {
                  throw new UnknownHostException(host);
                },
                List.of()),
            LONG,
            LONG,
            null);
    WebFailure unknown = failure(client, "http://nowhere.example/a?secret");
    assertThat(unknown.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(unknown).hasMessage("http://nowhere.example/a?…: its host is unknown");

    String url = at("127.0.0.1", "/a?secret");
    server.stop(0);
    WebFailure refused = failure(client(oneAddress()), url);
    assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(refused).hasMessage(display(url) + ": connection refused");
  }

  @Test
  void givesUpWaitingForAnAnswerWhenItIsClosed() {
    CompletableFuture<Closeable> given = new CompletableFuture<>();
    var unused =
        given.thenAcceptAsync(
            exchange -> {
              try {
                while (requests.isEmpty()) {
                  Thread.onSpinWait();
                }
                exchange.close();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            threads);
    URI url = URI.create(at("127.0.0.1", "/silent"));
    WebClient client = client(oneAddress());
    WebFailure failure =
        catchThrowableOfType(
            WebFailure.class, () -> client.get(url, "it", Map.of(), given::complete));
    assertThat(failure.reason()).isEqualTo(Reason.BROKEN);
  }

  @Test
  void givesUpWaitingForAnAnswerAfterItsTime() {
    WebClient impatient =
        new WebClient(
            new WebAccess(oneAddress(), this::resolve, List.of()),
            LONG,
            Duration.ofMillis(50),
            null);
    assertThat(failure(impatient, at("127.0.0.1", "/silent")))
        .hasMessageContaining("did not answer within PT0.05S");
  }

  @Test
  void usesNoProxyOfTheEnvironment() throws Exception {
    String before = System.getProperty("http.proxyHost");
    System.setProperty("http.proxyHost", "127.0.0.9");
    try {
      assertThat(read(client(oneAddress()), at("127.0.0.1", "/a"))).isEqualTo("200 data");
    } finally {
      if (before == null) {
        System.clearProperty("http.proxyHost");
      } else {
        System.setProperty("http.proxyHost", before);
      }
    }
  }
}
