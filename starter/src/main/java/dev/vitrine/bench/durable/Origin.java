package dev.vitrine.bench.durable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A web server that gives the same bytes to whoever asks, on threads of its own. */
final class Origin implements AutoCloseable {

  private final ServerSocket server;
  private final byte[] answer;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Starts it.
   *
   * @param parallel how many it serves at once
   */
  Origin(byte[] data, int parallel) throws IOException {
    server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    byte[] head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\nETag: \"1\"\r\nConnection: close\r\n\r\n"
            .formatted(data.length)
            .getBytes(StandardCharsets.US_ASCII);
    answer = new byte[head.length + data.length];
    System.arraycopy(head, 0, answer, 0, head.length);
    System.arraycopy(data, 0, answer, head.length, data.length);
    for (int one = 0; one < parallel; one++) {
      Thread thread = new Thread(this::serve, "bench-origin");
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  String url() {
    return "http://127.0.0.1:%d/data".formatted(server.getLocalPort());
  }

  long[] threadIds() {
    return threads.stream().mapToLong(Thread::getId).toArray();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        readHead(new BufferedInputStream(socket.getInputStream()));
        OutputStream out = socket.getOutputStream();
        out.write(answer);
        out.flush();
      } catch (IOException e) {
        // Whoever asked has left, or all is over.
      }
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int ends = 0;
    while (ends < 4) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request came");
      }
      ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
