package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/** Somebody who calls the API with a token; with an empty one, nobody. */
record ApiCaller(URI api, String token) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  HttpResponse<String> get(String path) {
    return send("GET", path, "", "");
  }

  /** Removes what is there; fails unless that is answered so. */
  void delete(String path) {
    expect(204, send("DELETE", path, "application/json", ""));
  }

  /**
   * @param mediaType of the body; none if empty
   */
  HttpResponse<String> send(String method, String path, String mediaType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve(path)).method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("X-Auth-Token", token);
    }
    if (!mediaType.isEmpty()) {
      request.header("Content-Type", mediaType);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns the id. */
  String createImage(String visibility, boolean isProtected) {
    UUID id = UUID.randomUUID();
    String body =
        """
        {"id": "%s", "visibility": "%s", "protected": %s,
         "disk_format": "raw", "container_format": "bare"}
        """
            .formatted(id, visibility, isProtected);
    expect(201, send("POST", "/v2/images", "application/json", body));
    return id.toString();
  }

  void upload(String imageId, String data) {
    String path = "/v2/images/" + imageId + "/file";
    expect(204, send("PUT", path, "application/octet-stream", data));
  }

  void addMember(String imageId, String projectId) {
    String path = "/v2/images/" + imageId + "/members";
    expect(
        200, send("POST", path, "application/json", "{\"member\": \"%s\"}".formatted(projectId)));
  }

  private static void expect(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }
}
