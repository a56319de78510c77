package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through a server, because what it makes of a request line comes first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestTargetTest {

  private final TestServer server =
      new TestServer(
          Route.of("GET", "/a/{name}", call -> TestServer.text(call.parameter("name"))),
          Route.of("GET", "/a/{name}/b", call -> TestServer.text("b")),
          Route.of("GET", "/a/", call -> TestServer.text("with a slash")),
          Route.of("GET", "/q", call -> TestServer.text(call.query().toString())));

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/a/plain, plain",
    "/a/two%20words, two words",
    "/a/one+one, one+one",
    "/a/100%25, 100%",
    "/a/%c3%A4, ä",
    "/a/%F0%9F%98%80, 😀",
    "/a/x%2Fb, x/b",
    "/a/x%5Cy, x\\y",
    "/a/x;v=1, x;v=1",
    "/a/..;x, ..;x",
    "/a/..%2f..%2fetc, ../../etc",
    "/a/...,  ...",
    "/a/%252e%252e, %2e%2e",
    "/a/:@!$&'()*=~, ':@!$&''()*=~'",
  })
  void takesASegmentAsItIs(String target, String segment) throws IOException {
    assertThat(server.ask("GET", target).body()).isEqualTo(segment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/%",
        "/a/%2",
        "/a/%zz",
        "/a/%u00e4",
        "/a/%+1",
        "/a/%ff",
        "/a/%c3",
        "/a/%c0%af",
        "/a/%ed%a0%80",
        "/a/%00",
        "/a/%0a",
        "/a/%7f",
        "/a/%1b[0m",
        "/a/x\\y",
        "/a/<x>",
        "/q#part",
        "/q?a=%",
        "/q?a=%ff",
        "/q?%c0%80=a",
        "/q?a=%00"
      })
  void refusesWhatCanBeReadInTwoWaysOrInNone(String target) throws IOException {
    MalformedRequestTest.assertThatItIsRefused(server.ask("GET", target), 400);
  }

  /** None of them is another path that would be read so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/.",
        "/a/..",
        "/a/../q",
        "/a/%2e%2e/q",
        "/a/%2E",
        "/a/.%2e",
        "/./q",
        "/a/x/../../q",
        "/a/x/b/..",
        "/a%2Fx",
        "/a/x%2Fb/",
        "/a/x/",
        "/a/x//",
        "/a/x//b",
        "/a/x/b/",
        "/q/",
        "/q//",
        "/a//",
        "//",
      })
  void findsNothingAtAPathThatIsOnlyLikeAnother(String target) throws IOException {
    MalformedRequestTest.assertThatItIsRefused(server.ask("GET", target), 404);
  }

  @ParameterizedTest
  @CsvSource({"//a/x, x", "///a/x, x", "/a//x, x", "//a///x, x", "//a/x/b, b", "//q?a=1, {a=[1]}"})
  void forgivesASlashTooManyWhereAnEndpointIsJoinedToAPath(String target, String answer)
      throws IOException {
    assertThat(server.ask("GET", target).body()).isEqualTo(answer);
  }

  @Test
  void takesASlashAtTheEndWhereItIsPartOfThePath() throws IOException {
    assertThat(server.ask("GET", "/a/").body()).isEqualTo("with a slash");
    assertThat(server.ask("GET", "//a/").body()).isEqualTo("with a slash");
  }

  @Test
  void refusesBytesThatAreNoUtf8() throws IOException {
    for (String target : new String[] {"/a/\u00ff", "/q?a=\u00ff"}) {
      try (Wire wire = server.connect()) {
        wire.send(
            "GET %s HTTP/1.1\r\nHost: x\r\n\r\n"
                .formatted(target)
                .getBytes(StandardCharsets.ISO_8859_1));
        MalformedRequestTest.assertThatItIsRefused(wire.reply(), 400);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/q, {}",
    "/q?, {}",
    "/q?a=1&b=2, '{a=[1], b=[2]}'",
    "/q?a=1&a=2, '{a=[1, 2]}'",
    "/q?a, {a=[]}",
    "/q?a=, {a=[]}",
    "/q?a=b=c, {a=[b=c]}",
    "/q?a=b+c%2Bd, {a=[b c+d]}",
    "/q?a=%c3%a4, {a=[ä]}",
    "/q?a=gt:2026-11-24T06:10:29+00:00, {a=[gt:2026-11-24T06:10:29 00:00]}",
    "/q?&&a=1&, {a=[1]}",
    "/q?a=1;b=2, {a=[1;b=2]}",
    "/q?a=/../%2e%2e/, {a=[/../../]}",
    "/q?=1, {=[1]}",
  })
  void takesAQuery(String target, String parameters) throws IOException {
    assertThat(server.ask("GET", target).body()).isEqualTo(parameters);
  }

  @Test
  void takesUmlautsThatAreNotEscaped() throws IOException {
    assertThat(server.ask("GET", "/q?a=ä").body()).isEqualTo("{a=[ä]}");
  }
}
