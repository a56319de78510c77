package dev.vitrine.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A process that serves the API and does nothing else; on it everybody is an admin. */
record ApiProcess(WorkerProcess process, URI url) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Returns the id of an image that waits for its data. */
  String createImage() {
    return new ApiCaller(url, "").createImage("private", false);
  }

  /** Uploads all of it; returns the status. */
  int upload(String imageId, byte[] data) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/v2/images/%s/file".formatted(imageId)))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(data))
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Begins an upload and sends so much of the data; the rest is left to the caller. */
  Socket beginUpload(String imageId, byte[] data, int sent) throws IOException {
    return begin("file", imageId, data, sent);
  }

  /** The same of a stage. */
  Socket beginStage(String imageId, byte[] data, int sent) throws IOException {
    return begin("stage", imageId, data, sent);
  }

  private Socket begin(String call, String imageId, byte[] data, int sent) throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    String head =
        """
        PUT /v2/images/%s/%s HTTP/1.1
        Host: 127.0.0.1
        Content-Type: application/octet-stream
        Content-Length: %d

        """
            .formatted(imageId, call, data.length)
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
