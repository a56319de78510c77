package dev.vitrine.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection of HTTP/1.1, without a thread, a copy or a thought of its own: whatever is
 * measured is asked through it, so that the asking costs the same, and next to nothing. For one
 * thread.
 */
final class BareClient implements AutoCloseable {

  private static final int BUFFER = 256 * 1024;

  private final URI base;
  private final Socket socket;
  private final InputStream in;

  BareClient(URI base) throws IOException {
    this.base = base;
    socket = new Socket(base.getHost(), base.getPort());
    socket.setTcpNoDelay(true);
    // Only heads come through the buffer: what is as large as it goes past it.
    in = new BufferedInputStream(socket.getInputStream(), 1 << 12);
  }

  /** Sends data, and waits until it was taken. */
  void put(String path, GeneratedData data) throws IOException {
    head(
        "PUT %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/octet-stream\r\nContent-Length: %d"
            .formatted(path, base.getAuthority(), data.size()));
    data.writeTo(socket.getOutputStream());
    requireSuccess();
  }

  /** Receives data of that many bytes. */
  void get(String path, long size) throws IOException {
    head("GET %s HTTP/1.1\r\nHost: %s".formatted(path, base.getAuthority()));
    requireSuccess();
    byte[] buffer = new byte[BUFFER];
    long left = size;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException("%s: %d of %d bytes are missing".formatted(path, left, size));
      }
      left -= read;
    }
  }

  /** Sends something small, and reads so many bytes. */
  void exchange(byte[] request, int answer) throws IOException {
    socket.getOutputStream().write(request);
    if (in.readNBytes(answer).length < answer) {
      throw new IOException("the server closed the connection");
    }
  }

  private void head(String lines) throws IOException {
    socket.getOutputStream().write((lines + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void requireSuccess() throws IOException {
    String status = line();
    StringBuilder all = new StringBuilder(status);
    long length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      }
      all.append(", ").append(line);
    }
    if (!status.startsWith("HTTP/1.1 2")) {
      String body = new String(in.readNBytes((int) Math.min(length, 1000)), StandardCharsets.UTF_8);
      throw new IOException("%s answered %s: %s".formatted(base, all, body));
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
