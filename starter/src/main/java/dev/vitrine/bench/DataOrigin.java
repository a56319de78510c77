package dev.vitrine.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A web server that gives out generated data, to one after the other, on a thread of its own. */
final class DataOrigin implements AutoCloseable {

  private static final int HEAD = 16 << 10;

  private final GeneratedData data;
  private final ServerSocket server;
  private final Thread thread = new Thread(this::serve, "bench-origin");

  DataOrigin(GeneratedData data) throws IOException {
    this.data = data;
    server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:%d/data".formatted(server.getLocalPort());
  }

  long threadId() {
    return thread.getId();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        // A request without a body comes in one piece over this machine's own network.
        if (in.read(new byte[HEAD]) > 0) {
          OutputStream out = socket.getOutputStream();
          String head =
              "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nETag: \"1\"\r\nConnection: close\r\n\r\n"
                  .formatted(data.size());
          out.write(head.getBytes(StandardCharsets.US_ASCII));
          data.writeTo(out);
        }
      } catch (IOException e) {
        // Whoever asked has left, or all is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
