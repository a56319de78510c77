package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names a server is called, and by whom. */
class InboundRulesTest {

  private static final Route ORIGIN =
      Route.open("GET", "/origin", call -> TestServer.text(call.origin()));

  private static Wire.Reply ask(TestServer server, String headers) throws IOException {
    return server.exchange("GET /origin HTTP/1.1\nHost: images.example\n" + headers + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Proto: https | https://images.example",
        "X-Forwarded-Proto: HTTPS, http | https://images.example",
        "X-Forwarded-Host: outside:8443 | http://outside:8443",
        "X-Forwarded-Host: outside, inside | http://outside",
        "X-Forwarded-Host: [2001:db8::1]:99 | http://[2001:db8::1]:99",
        "Forwarded: proto=https | https://images.example",
        "Forwarded: PROTO=https;host=\"a.example:8443\" | https://a.example:8443",
        "Forwarded: for=192.0.2.60 ; Proto=https ;; host=a.example;by=203.0.113.43 |"
            + " https://a.example",
        "Forwarded: host=\"a.ex\\ample\";for=\"[2001:db8::1]:9, x\" | http://a.example",
        "Forwarded: ,proto=https, proto=http;host=b | https://images.example",
        "Forwarded: for=_x | http://images.example",
        "X-Forwarded-For: 192.0.2.1 | http://images.example",
      })
  void believesTheProxyHowItWasCalled(String header, String origin) throws IOException {
    try (TestServer server = new TestServer(ORIGIN)) {
      assertThat(ask(server, header + "\n").body()).isEqualTo(origin);
    }
  }

  @Test
  void readsWhatIsAsLongAsAHeaderMayBe() throws IOException {
    String longest = "a".repeat(3_500);
    try (TestServer server = new TestServer(ORIGIN)) {
      assertThat(ask(server, "Forwarded: for=\"" + longest + "\";proto=https\n").body())
          .isEqualTo("https://images.example");
      assertThat(ask(server, "X-Forwarded-Host: " + longest + "\n").body())
          .isEqualTo("http://" + longest);
    }
  }

  @Test
  void believesTheStandardHeaderFirst() throws IOException {
    try (TestServer server = new TestServer(ORIGIN)) {
      assertThat(ask(server, "X-Forwarded-Proto: http\nForwarded: proto=https\n").body())
          .isEqualTo("https://images.example");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: javascript",
        "X-Forwarded-Host: a/b",
        "X-Forwarded-Host: a b",
        "X-Forwarded-Host: user@a",
        "X-Forwarded-Host: a:port",
        "Forwarded: proto=https;proto=http",
        "Forwarded: proto",
        "Forwarded: proto=\"https",
        "Forwarded: host=a:8443",
        "Forwarded: host=\"a/b\"",
        "Forwarded: a b=c",
      })
  void refusesWhatNobodyCanBeReachedBy(String header) throws IOException {
    try (TestServer server = new TestServer(ORIGIN)) {
      MalformedRequestTest.assertThatItIsRefused(ask(server, header + "\n"), 400);
    }
  }

  @Test
  void believesNobodyElse() throws IOException {
    InboundRules suspicious = new InboundRules(null, peer -> false, null, null);
    try (TestServer server = new TestServer(suspicious, ORIGIN)) {
      assertThat(ask(server, "X-Forwarded-Proto: https\nForwarded: host=evil\n").body())
          .isEqualTo("http://images.example");
      assertThat(ask(server, "Forwarded: nonsense\n").status()).isEqualTo(200);
    }
  }

  private static final CorsPolicy DASHBOARD =
      new CorsPolicy(
          List.of("https://dashboard.example"),
          List.of("GET", "PUT"),
          List.of("X-Auth-Token", "Content-Type"),
          List.of("Location"),
          Duration.ofMinutes(10),
          false);

  private static InboundRules open(CorsPolicy cors) {
    return new InboundRules(null, peer -> false, null, cors);
  }

  private static String preflight(String origin) {
    return """
    OPTIONS /origin HTTP/1.1
    Host: x
    X-Nobody: 1
    Origin: %s
    Access-Control-Request-Method: PUT
    Access-Control-Request-Headers: x-auth-token, content-type

    """
        .formatted(origin);
  }

  @Test
  void tellsBrowsersWhichPagesMayCall() throws IOException {
    try (TestServer server = new TestServer(open(DASHBOARD), ORIGIN)) {
      Wire.Reply reply = server.exchange(preflight("https://dashboard.example"));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Access-Control-Allow-Origin"))
          .isEqualTo("https://dashboard.example");
      assertThat(reply.header("Access-Control-Allow-Methods").split(", *"))
          .containsExactlyInAnyOrder("GET", "PUT");
      assertThat(reply.header("Access-Control-Allow-Headers").split(", *"))
          .containsExactlyInAnyOrder("X-Auth-Token", "Content-Type");
      assertThat(reply.header("Access-Control-Max-Age")).isEqualTo("600");
      assertThat(reply.header("Access-Control-Allow-Credentials")).isNull();
      assertThat(reply.header("Vary")).contains("Origin");
      assertThat(reply.header("x-openstack-request-id")).startsWith("req-");

      Wire.Reply simple = ask(server, "Origin: https://dashboard.example\n");
      assertThat(simple.header("Access-Control-Allow-Origin"))
          .isEqualTo("https://dashboard.example");
      assertThat(simple.header("Access-Control-Expose-Headers")).isEqualTo("Location");
      assertThat(simple.header("Vary")).contains("Origin");
    }
  }

  @Test
  void tellsAnErrorToAPageThatMayCall() throws IOException {
    try (TestServer server = new TestServer(open(DASHBOARD), ORIGIN)) {
      Wire.Reply reply =
          server.exchange("GET /nothing HTTP/1.1\nHost: x\nOrigin: https://dashboard.example\n\n");
      MalformedRequestTest.assertThatItIsRefused(reply, 404);
      assertThat(reply.header("Access-Control-Allow-Origin"))
          .isEqualTo("https://dashboard.example");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://dashboard.example.evil",
        "https://dashboardxexample",
        "http://dashboard.example",
        "https://dashboard.example:444",
        "null"
      })
  void saysNothingOfItToOtherPages(String origin) throws IOException {
    try (TestServer server = new TestServer(open(DASHBOARD), ORIGIN)) {
      Wire.Reply reply = server.exchange(preflight(origin));
      assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
      assertThat(reply.header("Vary")).contains("Origin");
      assertThat(ask(server, "Origin: " + origin + "\n").status()).isEqualTo(200);
    }
  }

  @Test
  void saysNothingOfItWhereNoPageMayCall() throws IOException {
    try (TestServer server = new TestServer(ORIGIN)) {
      assertThat(server.exchange(preflight("https://dashboard.example")).headers())
          .doesNotContainKey("access-control-allow-origin")
          .doesNotContainKey("vary");
    }
  }

  @Test
  void letsEveryPageCallWhereItIsSaidSo() throws IOException {
    CorsPolicy any =
        new CorsPolicy(
            List.of("*"), List.of("GET"), List.of(), List.of(), Duration.ofMinutes(1), false);
    try (TestServer server = new TestServer(open(any), ORIGIN)) {
      assertThat(
              server
                  .exchange(preflight("https://any.example"))
                  .header("Access-Control-Allow-Origin"))
          .isIn("*", "https://any.example");
    }
  }

  private static InboundRules neighbours(CorsPolicy cors) {
    return new InboundRules(null, peer -> true, new AllowedHosts(Set.of("Images.example")), cors);
  }

  private static TestServer withoutAuthentication(CorsPolicy cors) {
    return new TestServer(neighbours(cors), ORIGIN, TestServer.echo("POST", "/echo"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:9292",
        "LOCALHOST",
        "a.localhost",
        "127.0.0.1:1",
        "127.1.2.3",
        "[::1]:80",
        "images.example:99"
      })
  void answersToTheNamesOfThisMachine(String host) throws IOException {
    try (TestServer server = withoutAuthentication(null)) {
      assertThat(server.exchange("GET /origin HTTP/1.1\nHost: %s\n\n".formatted(host)).status())
          .isEqualTo(200);
    }
  }

  /** A name in an attacker's hands may lead here: pages of it would be of the same origin. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:9292",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "notlocalhost",
        "192.0.2.1",
        "0.0.0.0",
        "[::2]",
        "1271.0.0.1"
      })
  void answersToNoOtherName(String host) throws IOException {
    try (TestServer server = withoutAuthentication(null)) {
      for (String line : List.of("GET /origin", "OPTIONS /origin", "GET /nothing", "POST /echo")) {
        MalformedRequestTest.assertThatItIsRefused(
            server.exchange("%s HTTP/1.1\nHost: %s\n\n".formatted(line, host)), 421);
      }
      MalformedRequestTest.assertThatItIsRefused(
          server.exchange(
              "GET /origin HTTP/1.1\nHost: %s\nX-Forwarded-Host: localhost\n\n".formatted(host)),
          421);
    }
  }

  @Test
  void answersABalancerThatNamesNoHost() throws IOException {
    try (TestServer server = withoutAuthentication(null)) {
      assertThat(server.exchange("OPTIONS /origin HTTP/1.0\n\n").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "http://localhost:3000", "null", "file://", "https://x"})
  void refusesPagesOfOtherOrigins(String origin) throws IOException {
    try (TestServer server = withoutAuthentication(DASHBOARD)) {
      String request = "POST /echo HTTP/1.1\nHost: x.localhost\nOrigin: %s\n".formatted(origin);
      MalformedRequestTest.assertThatItIsRefused(
          server.exchange(request + "Content-Type: application/json\nContent-Length: 2\n\n{}"),
          403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://x.localhost", "https://dashboard.example"})
  void takesItsOwnPagesAndThoseThatMayCall(String origin) throws IOException {
    try (TestServer server = withoutAuthentication(DASHBOARD)) {
      String request = "POST /echo HTTP/1.1\nHost: x.localhost\nOrigin: %s\n".formatted(origin);
      assertThat(
              server
                  .exchange(request + "Content-Type: application/json\nContent-Length: 2\n\n{}")
                  .body())
          .isEqualTo("{}");
    }
  }

  /** What a form can send without asking first. Source: the Fetch standard, "simple" types. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/x-www-form-urlencoded\n",
        "Content-Type: multipart/form-data; boundary=x\n",
        "Content-Type: text/plain\n",
        "Content-Type: text/plain; a=application/json\n",
        "Content-Type: text/json\n",
        "",
      })
  void takesNoFormForJson(String header) throws IOException {
    try (TestServer server = withoutAuthentication(null)) {
      Wire.Reply reply =
          server.exchange(
              "POST /echo HTTP/1.1\nHost: localhost\n%sContent-Length: 2\n\n{}".formatted(header));
      MalformedRequestTest.assertThatItIsRefused(reply, 415);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; charset=\"utf-8\"",
        "application/merge-patch+json",
        "application/openstack-images-v2.1-json-patch"
      })
  void takesWhatSaysThatItIsJson(String type) throws IOException {
    try (TestServer server = withoutAuthentication(null)) {
      String request = "POST /echo HTTP/1.1\nHost: localhost\nContent-Type: %s\n".formatted(type);
      assertThat(server.exchange(request + "Content-Length: 2\n\n{}").body()).isEqualTo("{}");
    }
  }

  @Test
  void takesAnythingForJsonFromKnownCallers() throws IOException {
    try (TestServer server = new TestServer(TestServer.echo("POST", "/echo"))) {
      assertThat(server.send("POST", "/echo", "{}").body()).isEqualTo("{}");
    }
  }
}
