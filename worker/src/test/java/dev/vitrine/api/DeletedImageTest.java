package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Operation;
import dev.vitrine.http.Route;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deleted is not found, whatever of it is asked for and whoever asks. */
class DeletedImageTest extends ApiTest {

  private static final String JSON = "application/json";
  private static final String DATA = "application/octet-stream";

  /** One that is right but for the image, for every call about one. */
  private record Request(String method, String path, String mediaType, String body) {

    Api.Reply send(Api by, UUID image) {
      BodyPublisher content =
          body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
      return by.send(
          method,
          path.replace("{id}", image.toString())
              .replace("{member}", "venus")
              .replace("{tag}", "t")
              .replace("{store}", "local"),
          mediaType,
          content);
    }
  }

  private static final String PATH = "/v2/images/{id}";

  private static final List<Request> REQUESTS =
      List.of(
          new Request("GET", PATH, null, null),
          new Request("DELETE", PATH, null, null),
          new Request(
              "PATCH",
              PATH,
              ImagePatch.MEDIA_TYPE,
              "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"x\"}]"),
          new Request("GET", PATH + "/file", null, null),
          new Request("PUT", PATH + "/file", DATA, "x"),
          new Request("PUT", PATH + "/stage", DATA, "x"),
          new Request(
              "POST", PATH + "/import", JSON, "{\"method\": {\"name\": \"glance-direct\"}}"),
          new Request("POST", PATH + "/actions/deactivate", DATA, null),
          new Request("POST", PATH + "/actions/reactivate", DATA, null),
          new Request("PUT", PATH + "/tags/{tag}", DATA, null),
          new Request("DELETE", PATH + "/tags/{tag}", null, null),
          new Request("GET", PATH + "/members", null, null),
          new Request("POST", PATH + "/members", JSON, "{\"member\": \"mars\"}"),
          new Request("GET", PATH + "/members/{member}", null, null),
          new Request("PUT", PATH + "/members/{member}", JSON, "{\"status\": \"accepted\"}"),
          new Request("DELETE", PATH + "/members/{member}", null, null),
          new Request("GET", PATH + "/locations", null, null),
          new Request("POST", PATH + "/locations", JSON, "{\"url\": \"http://x.example/y\"}"),
          new Request("DELETE", "/v2/stores/{store}/{id}", null, null),
          new Request("GET", PATH + "/history", null, null),
          new Request("GET", PATH + "/progress", null, null),
          new Request("GET", PATH + "/tasks", null, null));

  @Test
  void triesEveryCallAboutAnImage() {
    Set<String> known = new TreeSet<>();
    for (Route route : OpenApiTest.routes()) {
      if (route.template().contains("{id}") && !route.template().startsWith("/v2/tasks/")) {
        known.add(route.method() + " " + route.template());
      }
    }
    Set<String> tried = new TreeSet<>();
    REQUESTS.forEach(request -> tried.add(request.method() + " " + request.path()));
    assertThat(tried).isEqualTo(known);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isNotFound(boolean kept) {
    for (ApiInstallation installation : List.of(installation(), generous())) {
      String project = "acme-" + UUID.randomUUID();
      Api owner = installation.as("alice", project, "member");
      Map<String, Api> callers =
          Map.of(
              "the owner", owner,
              "a reader", installation.as("rita", project, "reader"),
              "a member", installation.as("vera", "venus", "member"),
              "somebody else", installation.as("bob", "pluto", "member"),
              "a service", installation.as("nova", project, "service"),
              "an admin", installation.as("root", "ops", "admin"));
      for (String visibility : List.of("shared", "community")) {
        UUID image = deleted(installation, owner, visibility, kept);
        callers.forEach(
            (who, caller) -> {
              for (Request request : REQUESTS) {
                assertThat(request.send(caller, image).status())
                    .as("%s: %s %s", who, request.method(), request.path())
                    .isEqualTo(404);
              }
            });
      }
    }
  }

  private static UUID deleted(
      ApiInstallation installation, Api owner, String visibility, boolean kept) {
    UUID image = owner.create("\"tags\": [\"t\"], \"visibility\": \"shared\", " + Api.FORMATS);
    owner.upload(image, new byte[] {1}).is(204);
    owner.post(Api.image(image) + "/members", "{\"member\": \"venus\"}").is(200);
    owner
        .patch(
            image,
            "[{\"op\": \"replace\", \"path\": \"/visibility\", \"value\": \"%s\"}]"
                .formatted(visibility))
        .is(200);
    String id = "test/" + UUID.randomUUID();
    var unused =
        installation
            .registry()
            .deletions()
            .delete(
                new Operation(id, id, "run", "because of a test"),
                image,
                kept ? Duration.ofHours(1) : Duration.ZERO);
    return image;
  }
}
