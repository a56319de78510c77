package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingTest {

  private final TestServer server =
      new TestServer(
          named("GET", "/"),
          named("GET", "/things"),
          named("POST", "/things"),
          named("GET", "/things/{id}"),
          named("DELETE", "/things/{id}"),
          named("GET", "/things/special"),
          named("GET", "/things/{id}/parts/{part}"),
          named("GET", "/things/special/parts"),
          Route.open("HEAD", "/open", call -> TestServer.text("the body")),
          Route.open("GET", "/open", call -> TestServer.text(String.valueOf(call.by()))));

  private static Route named(String method, String template) {
    return Route.of(
        method, template, call -> TestServer.text(template + " " + call.path().values()));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void findsWhatIsThere() throws IOException {
    assertThat(server.ask("GET", "/").body()).isEqualTo("/ []");
    assertThat(server.ask("GET", "/things").body()).isEqualTo("/things []");
    assertThat(server.ask("GET", "/things/1/parts/2").body())
        .isEqualTo("/things/{id}/parts/{part} [1, 2]");
  }

  @Test
  void prefersALiteralToAPlaceholder() throws IOException {
    assertThat(server.ask("GET", "/things/special").body()).isEqualTo("/things/special []");
  }

  @Test
  void goesBackToThePlaceholderWhereTheLiteralLeadsNowhere() throws IOException {
    assertThat(server.ask("GET", "/things/special/parts/2").body())
        .isEqualTo("/things/{id}/parts/{part} [special, 2]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/things/",
        "/things/1/",
        "/things/1/2",
        "/things/1//parts/2",
        "/things//",
        "/Things",
      })
  void answers404WhereNothingIs(String target) throws IOException {
    assertThat(server.ask("GET", target).status()).isEqualTo(404);
  }

  @Test
  void names404sPath() throws IOException {
    assertThat(server.ask("GET", "/nothing/here?secret=x").body())
        .contains("there is nothing at /nothing/here;")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PUT", "HEAD", "TRACE", "FROBNICATE"})
  void answers405WithWhatIsPossible(String method) throws IOException {
    try (Wire wire = server.connect()) {
      Wire.Reply reply = wire.send(method + " /things HTTP/1.1\nHost: x\n\n").replyWithoutBody();
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.header("Allow")).isEqualTo("GET, POST");
    }
  }

  @Test
  void tellsAnybodyWhatIsPossible() throws IOException {
    String nobody = "OPTIONS %s HTTP/1.1\nHost: x\nX-Nobody: 1\n\n";
    assertAllowed(server.exchange(nobody.formatted("/things")), "GET, OPTIONS, POST");
    assertAllowed(server.exchange(nobody.formatted("/things/1")), "DELETE, GET, OPTIONS");
    assertAllowed(server.exchange(nobody.formatted("*")), "DELETE, GET, HEAD, OPTIONS, POST");
    assertAllowed(server.exchange("OPTIONS / HTTP/1.0\n\n"), "GET, OPTIONS");
    assertThat(server.exchange(nobody.formatted("/nothing")).status()).isEqualTo(404);
  }

  private static void assertAllowed(Wire.Reply reply, String methods) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Allow")).isEqualTo(methods);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.header("x-openstack-request-id")).startsWith("req-");
  }

  @Test
  void leavesTheBodyOutOfTheAnswerToHead() throws IOException {
    try (Wire wire = server.connect()) {
      wire.send("HEAD /open HTTP/1.1\nHost: x\n\nGET /things HTTP/1.1\nHost: x\n\n");
      assertThat(wire.replyWithoutBody().header("Content-Length")).isEqualTo("8");
      assertThat(wire.reply().body()).isEqualTo("/things []");
    }
  }

  @Test
  void asksNobodyForHisNameOnAnOpenRoute() throws IOException {
    assertThat(server.exchange("GET /open HTTP/1.1\nHost: x\nX-Nobody: 1\n\n").body())
        .isEqualTo("null");
    assertThat(server.exchange("GET /things HTTP/1.1\nHost: x\nX-Nobody: 1\n\n").status())
        .isEqualTo(403);
  }

  @Test
  void givesEveryAnswerAnIdOfItsOwn() throws IOException {
    String form = "req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    List<String> ids =
        List.of(
            server.ask("GET", "/things").header("x-openstack-request-id"),
            server.ask("GET", "/things").header("x-openstack-request-id"),
            server.ask("GET", "/nothing").header("x-openstack-request-id"),
            server.ask("no method", "/").header("x-openstack-request-id"));
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches(form));
  }

  @Test
  void takesNoIdFromTheClient() throws IOException {
    String mine = "req-11111111-1111-1111-1111-111111111111";
    assertThat(
            server
                .exchange("GET / HTTP/1.1\nHost: x\nX-OpenStack-Request-ID: %s\n\n".formatted(mine))
                .header("x-openstack-request-id"))
        .isNotEqualTo(mine);
  }

  @Test
  void refusesTwoRoutesForTheSame() {
    assertThatThrownBy(() -> new Router(List.of(named("GET", "/a/{x}"), named("GET", "/a/{y}"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two routes for GET /a/{y}");
  }
}
