package dev.vitrine.api;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A source on the web that says what it likes of itself, and does something else. */
final class FickleSource implements Closeable {

  /** What it does with each who asks. */
  interface Answer {
    void give(OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Answer answer;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  FickleSource(Answer answer) {
    this.answer = answer;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  /** Announces so many bytes and gives those. */
  static Answer announcing(long length, byte[] data) {
    return (out, closed) -> {
      head(out, length);
      out.write(data);
    };
  }

  /** The same, and then nothing, and no end either. */
  static Answer stalling(byte[] data) {
    return (out, closed) -> {
      head(out, 2L * data.length);
      out.write(data);
      out.flush();
      closed.await();
    };
  }

  /** Gives a byte now and then, so that it never stalls, and never comes to its end. */
  static Answer trickling() {
    return (out, closed) -> {
      head(out, 1_000_000);
      do {
        out.write(0);
        out.flush();
      } while (!closed.await(100, TimeUnit.MILLISECONDS));
    };
  }

  /** Announces nothing and never ends. */
  static Answer endless() {
    return (out, closed) -> {
      out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] zeros = new byte[64 << 10];
      while (closed.getCount() > 0) {
        out.write(zeros);
      }
    };
  }

  private static void head(OutputStream out, long length) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
            .formatted(length)
            .getBytes(StandardCharsets.US_ASCII));
  }

  String url() {
    return "http://127.0.0.1:%d/image".formatted(server.getLocalPort());
  }

  /** Waits until somebody has asked for it. */
  void awaitAsked() throws InterruptedException {
    asked.await();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        asked.countDown();
        thread(() -> serve(socket));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      byte[] request = new byte[8192];
      int unused = socket.getInputStream().read(request);
      answer.give(socket.getOutputStream(), closed);
      socket.getOutputStream().flush();
    } catch (IOException | InterruptedException e) {
      // Whoever asked has gone.
    } finally {
      open.remove(socket);
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "fickle-source");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
