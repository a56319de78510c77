package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestTest {

  private final TestServer server =
      new TestServer(
          TestServer.echo("POST", "/echo"),
          Route.open("GET", "/origin", call -> TestServer.text(call.origin())));

  @AfterAll
  void stop() {
    server.close();
  }

  /** A refusal is a document that clients understand, whoever refused. */
  static void assertThatItIsRefused(Wire.Reply reply, int status) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    JsonNode error = Json.read(reply.body().getBytes(StandardCharsets.UTF_8)).path("error");
    assertThat(error.path("code").intValue()).isEqualTo(status);
    assertThat(error.path("title").textValue()).isNotBlank();
    assertThat(error.path("message").textValue()).isNotBlank();
    assertThat(error.path("request_id").textValue())
        .isEqualTo(reply.header("x-openstack-request-id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\n\n",
        "GET /origin HTTP/1.1\n\n",
        "GET /origin HTTP/1.1\nHost: x\nHost: y\n\n",
        "GET /origin HTTP/1.1\nHost: a b\n\n",
        "GET /origin HTTP/1.1\nHost: x\nno colon\n\n",
        "GET /origin HTTP/1.1\nHost: x\nBad Name: 1\n\n",
        "GET /origin HTTP/1.1\nHost: x\nX-Folded: 1\n 2\n\n",
        "GET http://elsewhere/origin HTTP/1.1\nHost: x\n\n",
        "GET http://user:pass@x/origin HTTP/1.1\nHost: x\n\n",
        "POST /echo HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\nab",
        "POST /echo HTTP/1.1\nHost: x\nContent-Length: 1, 2\n\nab",
        "POST /echo HTTP/1.1\nHost: x\nContent-Length: -1\n\n",
        "POST /echo HTTP/1.1\nHost: x\nContent-Length: 1x\n\na",
        "POST /echo HTTP/1.1\nHost: x\nContent-Length: 99999999999999999999\n\na",
        "POST /echo HTTP/1.1\nHost: x\nContent-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n",
        "POST /echo HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nContent-Length: 5\n\n0\n\n",
        "POST /echo HTTP/1.1\nHost: x\nTransfer-Encoding: gzip\n\nabc",
        "POST /echo HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nzz\nabc\n",
      })
  void refusesWhatIsNoRequest(String request) throws IOException {
    assertThatItIsRefused(server.exchange(request), 400);
  }

  @Test
  void refusesNulInAHeader() throws IOException {
    assertThatItIsRefused(server.exchange("GET /origin HTTP/1.1\nHost: x\nX-A: a\0b\n\n"), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /origin\n\n", "GET /origin HTTP/3.7\nHost: x\n\n"})
  void refusesAVersionThatItDoesNotSpeak(String request) throws IOException {
    assertThatItIsRefused(server.exchange(request), 505);
  }

  @Test
  void refusesAnExpectationThatItCantMeet() throws IOException {
    assertThatItIsRefused(
        server.exchange("POST /echo HTTP/1.1\nHost: x\nExpect: miracles\nContent-Length: 1\n\na"),
        417);
  }

  @Test
  void refusesALongRequestLine() throws IOException {
    assertThatItIsRefused(server.ask("GET", "/" + "a".repeat(5000)), 414);
  }

  @Test
  void refusesALongHeader() throws IOException {
    assertThatItIsRefused(
        server.exchange(
            "GET /origin HTTP/1.1\nHost: x\nX-Long: %s\n\n".formatted("a".repeat(5000))),
        431);
  }

  @Test
  void refusesAFloodOfHeaders() throws IOException {
    assertThatItIsRefused(
        server.exchange("GET /origin HTTP/1.1\nHost: x\n%s\n".formatted("X-A: b\n".repeat(1000))),
        431);
  }

  @Test
  void closesAConnectionWhoseRequestsCantBeTold() throws IOException {
    try (Wire wire = server.connect()) {
      wire.send("POST /echo HTTP/1.1\nHost: x\nContent-Length: 5\nTransfer-Encoding: chunked\n\n");
      assertThat(wire.reply().status()).isEqualTo(400);
      assertThat(wire.isClosedSilently()).isTrue();
    }
  }

  @Test
  void takesTheAbsoluteForm() throws IOException {
    assertThat(server.exchange("GET http://h:1/origin HTTP/1.1\nHost: h:1\n\n").body())
        .isEqualTo("http://h:1");
  }

  @Test
  void namesItselfAsTheClientDoes() throws IOException {
    assertThat(server.exchange("GET /origin HTTP/1.1\nHost: img.example:99\n\n").body())
        .isEqualTo("http://img.example:99");
  }

  @Test
  void namesItselfToWhoSendsNoHost() throws IOException {
    Wire.Reply reply = server.exchange("GET /origin HTTP/1.0\n\n");
    assertThat(reply.body()).isEqualTo(server.service.url());
  }

  @Test
  void namesItselfAsConfigured() throws IOException {
    InboundRules configured =
        new InboundRules("https://images.example.org", peer -> true, null, null);
    try (TestServer proxied =
        new TestServer(
            configured, Route.open("GET", "/origin", call -> TestServer.text(call.origin())))) {
      assertThat(proxied.ask("GET", "/origin").body()).isEqualTo("https://images.example.org");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT x:443", "GET *"})
  void knowsNoTargetThatIsNoPath(String line) throws IOException {
    Wire.Reply reply = server.exchange(line + " HTTP/1.1\nHost: x\n\n");
    assertThat(reply.status()).isBetween(400, 404);
    assertThatItIsRefused(reply, reply.status());
  }

  @Test
  void answersRequestsThatFollowEachOtherAtOnceInTheirOrder() throws IOException {
    try (Wire wire = server.connect()) {
      wire.send(
          "POST /echo HTTP/1.1\nHost: x\nContent-Length: 1\n\na"
              + "POST /echo HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n1\nb\n0\n\n"
              + "POST /nothing HTTP/1.1\nHost: x\nContent-Length: 1\n\nc"
              + "POST /echo HTTP/1.1\nHost: x\nContent-Length: 1\n\nd");
      assertThat(wire.reply().body()).isEqualTo("a");
      assertThat(wire.reply().body()).isEqualTo("b");
      assertThat(wire.reply().status()).isEqualTo(404);
      assertThat(wire.reply().body()).isEqualTo("d");
    }
  }
}
