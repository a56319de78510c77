package dev.vitrine.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least that a server has to do, over this machine's own network: what a real one is measured
 * against. The CPU is that of the server's threads alone.
 */
final class Loopback implements AutoCloseable {

  private static final int BUFFER = 256 * 1024;
  private static final byte[] ANSWER =
      "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  Loopback() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /**
   * Receives data, digests it twice, each digest on a thread of its own, and writes it to a file.
   * The CPU is that of the three threads.
   */
  Phase put(GeneratedData data, Path file) throws IOException {
    Future<Phase> served = serve(socket -> receive(socket, file, data.size()));
    return asClient(served, data.size(), client -> client.put("/file", data));
  }

  /** Sends a file. */
  Phase get(Path file) throws IOException {
    long size = Files.size(file);
    Future<Phase> served =
        serve(
            socket -> {
              readHead(socket.getInputStream());
              Stopwatch watch = Stopwatch.ofThisThread();
              String head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(size);
              socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
              byte[] buffer = new byte[BUFFER];
              try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                  socket.getOutputStream().write(buffer, 0, read);
                }
              }
              return watch.stop(size);
            });
    return asClient(served, size, client -> client.get("/file", size));
  }

  /** Answers small requests, one after the other. */
  Phase exchanges(int count) throws IOException {
    byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    Future<Phase> served =
        serve(
            socket -> {
              Stopwatch watch = Stopwatch.ofThisThread();
              for (int answered = 0; answered < count; answered++) {
                socket.getInputStream().readNBytes(request.length);
                socket.getOutputStream().write(ANSWER);
              }
              return watch.stop(count);
            });
    return asClient(
        served,
        count,
        client -> {
          for (int asked = 0; asked < count; asked++) {
            client.exchange(request, ANSWER.length);
          }
        });
  }

  @Override
  public void close() throws IOException {
    server.close();
    thread.shutdownNow();
  }

  private static Phase receive(Socket socket, Path file, long size) throws IOException {
    InputStream in = socket.getInputStream();
    readHead(in);
    Stopwatch watch = Stopwatch.ofThisThread();
    double lanesCpu;
    try (DigestLanes lanes = new DigestLanes();
        FileChannel out =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      long left = size;
      while (left > 0) {
        DigestLanes.Piece piece = lanes.take();
        piece.length = in.read(piece.bytes, 0, (int) Math.min(piece.bytes.length, left));
        if (piece.length < 0) {
          throw new IOException("the sender left");
        }
        lanes.hand(piece);
        Hashing.write(out, ByteBuffer.wrap(piece.bytes, 0, piece.length));
        left -= piece.length;
        lanes.give(piece);
      }
      lanesCpu = lanes.finish();
    }
    Phase phase = watch.stop(size).plusCpu(lanesCpu);
    socket.getOutputStream().write(ANSWER);
    return phase;
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

  private Future<Phase> serve(Serving serving) {
    return thread.submit(
        () -> {
          try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            return serving.serve(socket);
          }
        });
  }

  private Phase asClient(Future<Phase> served, long amount, Asking asking) throws IOException {
    URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
    double seconds;
    try (BareClient client = new BareClient(url)) {
      Stopwatch watch = Stopwatch.ofThisThread();
      asking.ask(client);
      seconds = watch.stop(amount).seconds();
    }
    try {
      return new Phase(seconds, served.get().cpuSeconds(), amount);
    } catch (ExecutionException e) {
      throw new IOException("the reference failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private interface Serving {
    Phase serve(Socket socket) throws IOException;
  }

  private interface Asking {
    void ask(BareClient client) throws IOException;
  }
}
