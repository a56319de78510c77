package dev.vitrine.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A connection on which a test sends what it likes, also what is no HTTP. */
public final class Wire implements AutoCloseable {

  private static final int DEADLINE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;

  /**
   * What came back.
   *
   * @param headers by name in lower case
   */
  public record Reply(int status, Map<String, String> headers, String body) {

    public String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(DEADLINE_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** A connection to {@code http://127.0.0.1:1234}. */
  public static Wire to(String url) throws IOException {
    URI address = URI.create(url);
    return new Wire(new Socket(address.getHost(), address.getPort()));
  }

  /** One request on a connection of its own; {@code \n} stands for the ends of its lines. */
  public static Reply exchange(String url, String request) throws IOException {
    try (Wire wire = to(url)) {
      return wire.send(request).reply();
    }
  }

  /** Sends text, of which every line ends as HTTP wants it. */
  public Wire send(String lines) throws IOException {
    return send(lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  public Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Says that nothing more is sent. */
  public Wire end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Whether a reply has begun to come. */
  public boolean isAnswered() throws IOException {
    return in.available() > 0;
  }

  /** The next reply, whole. */
  public Reply reply() throws IOException {
    return reply(true);
  }

  /** The next reply, to a HEAD or without a final status: there is no body whatever it says. */
  public Reply replyWithoutBody() throws IOException {
    return reply(false);
  }

  private Reply reply(boolean hasBody) throws IOException {
    String status = line();
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = hasBody ? in.readNBytes(length) : new byte[0];
    if (hasBody && body.length < length) {
      throw new IOException("the reply ends after %d of %d bytes".formatted(body.length, length));
    }
    return new Reply(
        Integer.parseInt(status.split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection ends in '%s'".formatted(line));
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  /** What still comes until the server closes the connection. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Waits until the server closes the connection, and says whether it did so without a word. */
  public boolean isClosedSilently() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
