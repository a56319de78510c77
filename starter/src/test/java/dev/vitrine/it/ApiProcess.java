package dev.vitrine.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A process that serves the API, on which everybody is an admin. */
record ApiProcess(WorkerProcess process, int port) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  boolean answers() {
    try {
      return send("GET", "/healthcheck", "text/plain", new byte[0]).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  HttpResponse<String> send(String method, String path, String mediaType, byte[] body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", mediaType)
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Registers an image that waits for its data. */
  void create(UUID id) throws IOException {
    String body =
        "{\"id\": \"%s\", \"disk_format\": \"raw\", \"container_format\": \"bare\"}".formatted(id);
    int status =
        send("POST", "/v2/images", "application/json", body.getBytes(StandardCharsets.UTF_8))
            .statusCode();
    if (status != 201) {
      throw new AssertionError("status " + status);
    }
  }

  HttpResponse<String> upload(UUID id, byte[] data) throws IOException {
    return send("PUT", "/v2/images/%s/file".formatted(id), "application/octet-stream", data);
  }

  /** Begins an upload of so many bytes and sends the first of them. */
  Socket beginUpload(UUID id, int length, byte[] data, int sent) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    String head =
        """
        PUT /v2/images/%s/file HTTP/1.1
        Host: x
        Content-Type: application/octet-stream
        Content-Length: %d

        """
            .formatted(id, length)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(data, 0, sent);
    return socket;
  }

  /** The first line of what comes back; empty if the connection ends. */
  static String statusLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    try {
      for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
        line.append((char) b);
      }
    } catch (SocketException reset) {
      return "";
    }
    return line.toString();
  }
}
