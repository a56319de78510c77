package dev.vitrine.bench.durable;

import dev.vitrine.error.VitrineException.Unavailable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client of one connection that does all its work on the thread that calls, so that its CPU can
 * be told from the server's in the same process. For one thread.
 */
final class LeanHttp implements AutoCloseable {

  /**
   * An answer.
   *
   * @param status code
   * @param body as text
   */
  record Reply(int status, String body) {

    /** The same, if it is that one. */
    Reply require(int wanted) {
      if (status != wanted) {
        throw new Unavailable("the API answered %d, not %d: %s".formatted(status, wanted, body));
      }
      return this;
    }
  }

  private final URI base;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  LeanHttp(URI base) {
    this.base = base;
  }

  /**
   * Makes a call.
   *
   * @param type the body's
   * @param body null for none
   */
  Reply send(String method, String path, @Nullable String type, byte @Nullable [] body)
      throws IOException {
    boolean kept = socket != null;
    try {
      return exchange(method, path, type, body);
    } catch (IOException e) {
      close();
      if (!kept) {
        throw e;
      }
      // The server has closed a connection that nobody used for long.
      return exchange(method, path, type, body);
    }
  }

  private Reply exchange(String method, String path, @Nullable String type, byte @Nullable [] body)
      throws IOException {
    Socket connection = connection();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
    head.append(base.getAuthority()).append("\r\n");
    if (body != null) {
      head.append("Content-Type: ").append(type).append("\r\nContent-Length: ");
      head.append(body.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + (body == null ? 0 : body.length)];
    System.arraycopy(start, 0, all, 0, start.length);
    if (body != null) {
      System.arraycopy(body, 0, all, start.length, body.length);
    }
    connection.getOutputStream().write(all);
    return reply();
  }

  private Socket connection() throws IOException {
    if (socket == null) {
      socket = new Socket(base.getHost(), base.getPort());
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    }
    return socket;
  }

  private Reply reply() throws IOException {
    String line = line();
    int status = Integer.parseInt(line.split(" ", -1)[1]);
    int length = 0;
    boolean close = false;
    for (line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
      close |= header.matches("connection:\\s*close");
    }
    byte[] body = input().readNBytes(length);
    if (close) {
      close();
    }
    return new Reply(status, new String(body, StandardCharsets.UTF_8));
  }

  private InputStream input() throws IOException {
    if (in == null) {
      throw new IOException("not connected");
    }
    return in;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream from = input();
    for (int next = from.read(); next != '\n'; next = from.read()) {
      if (next < 0) {
        throw new IOException("the API closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
      in = null;
    }
  }
}
