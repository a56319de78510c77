package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Requester;
import dev.vitrine.http.Json;
import dev.vitrine.http.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The API as one caller has it. Every answer is held against the API's description. */
record Api(String url, String user, String project, String roles) {

  static final String FORMATS = "\"disk_format\": \"raw\", \"container_format\": \"bare\"";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An answer. */
  record Reply(HttpResponse<byte[]> response) {

    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return response.body();
    }

    JsonNode json() {
      return Json.read(response.body());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /** Requires a status. */
    Reply is(int status) {
      assertThat(status())
          .as(
              "%s %s: %s",
              response.request().method(),
              response.uri(),
              new String(response.body(), StandardCharsets.UTF_8))
          .isEqualTo(status);
      return this;
    }

    /** Requires an error's status and gives its message. */
    String error(int status) {
      return is(status).json().path("error").path("message").textValue();
    }
  }

  Reply get(String path, String... headers) {
    return send("GET", path, null, BodyPublishers.noBody(), headers);
  }

  Reply delete(String path) {
    return send("DELETE", path, null, BodyPublishers.noBody());
  }

  Reply post(String path, String json) {
    return send("POST", path, "application/json", BodyPublishers.ofString(json));
  }

  /** A POST or PUT as clients make it where there is nothing to say. */
  Reply without(String method, String path) {
    return send(method, path, "application/octet-stream", BodyPublishers.noBody());
  }

  Reply put(String path, String json) {
    return send("PUT", path, "application/json", BodyPublishers.ofString(json));
  }

  Reply patch(UUID image, String operations) {
    return send("PATCH", image(image), ImagePatch.MEDIA_TYPE, BodyPublishers.ofString(operations));
  }

  Reply upload(UUID image, byte[] data, String... headers) {
    return upload(image, BodyPublishers.ofByteArray(data), headers);
  }

  Reply upload(UUID image, BodyPublisher data, String... headers) {
    return send("PUT", image(image) + "/file", "application/octet-stream", data, headers);
  }

  Reply send(String method, String path, String mediaType, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, body)
            .header("X-Identity-Status", "Confirmed")
            .header("X-User-Id", user)
            .header(
                project.equals(Requester.SYSTEM_PROJECT)
                    ? "OpenStack-System-Scope"
                    : "X-Project-Id",
                project.equals(Requester.SYSTEM_PROJECT) ? "all" : project)
            .header("X-Roles", roles);
    if (mediaType != null) {
      request.header("Content-Type", mediaType);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      OpenApi.check(method, path, response);
      return new Reply(response);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  /**
   * Begins an upload and sends a part of its data; the connection is the test's to go on with.
   *
   * @param length one header that says how long the data is, or that it comes in chunks
   */
  Wire beginUpload(UUID image, String length, byte[] part) throws IOException {
    return Wire.to(url)
        .send(
            """
            PUT %s/file HTTP/1.1
            Host: x
            Content-Type: application/octet-stream
            X-Identity-Status: Confirmed
            X-User-Id: %s
            X-Project-Id: %s
            X-Roles: %s
            %s

            """
                .formatted(image(image), user, project, roles, length))
        .send(part);
  }

  /** A request without a body, whose connection is the test's to go on with. */
  Wire connect(String method, String path, String header) throws IOException {
    return Wire.to(url)
        .send(
            """
            %s %s HTTP/1.1
            Host: x
            X-Identity-Status: Confirmed
            X-User-Id: %s
            X-Project-Id: %s
            X-Roles: %s
            %s

            """
                .formatted(method, path, user, project, roles, header));
  }

  static String image(UUID image) {
    return "/v2/images/" + image;
  }

  /** The id of an image just created with these fields. */
  UUID create(String fields) {
    return UUID.fromString(
        post("/v2/images", "{" + fields + "}").is(201).json().path("id").textValue());
  }

  /** An image that waits for its data. */
  UUID queued() {
    return create(FORMATS);
  }

  UUID active(byte[] data) {
    UUID image = queued();
    upload(image, data).is(204);
    return image;
  }

  JsonNode show(UUID image) {
    return get(image(image)).is(200).json();
  }

  String status(UUID image) {
    return show(image).path("status").textValue();
  }
}
