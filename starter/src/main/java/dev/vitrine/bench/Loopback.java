package dev.vitrine.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least that a server has to do, over this machine's own network: what a real one is measured
 * against. The CPU is that of the server's thread alone.
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

  /** Receives data, digests it twice, writes it to a file and forces it to the disk. */
  Phase put(GeneratedData data, Path file) throws IOException {
    Future<Phase> served = serve(socket -> receive(socket, file, data.size()));
    return asClient(
        served,
        data.size(),
        (in, out) -> {
          out.write(
              "PUT /file HTTP/1.1\r\nContent-Length: %d\r\n\r\n"
                  .formatted(data.size())
                  .getBytes(StandardCharsets.US_ASCII));
          byte[] buffer = new byte[BUFFER];
          try (InputStream source = data.open()) {
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
              out.write(buffer, 0, read);
            }
          }
          in.readNBytes(ANSWER.length);
        });
  }

  /** Sends a file. */
  Phase get(Path file) throws IOException {
    long size = Files.size(file);
    Future<Phase> served =
        serve(
            socket -> {
              readHead(socket.getInputStream());
              Stopwatch watch = Stopwatch.ofThisThread();
              byte[] buffer = new byte[BUFFER];
              try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                  socket.getOutputStream().write(buffer, 0, read);
                }
              }
              return watch.stop(size);
            });
    return asClient(
        served,
        size,
        (in, out) -> {
          out.write("GET /file HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          byte[] buffer = new byte[BUFFER];
          long left = size;
          for (int read = 0; left > 0 && read >= 0; left -= read) {
            read = in.read(buffer);
          }
        });
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
        (in, out) -> {
          for (int asked = 0; asked < count; asked++) {
            out.write(request);
            in.readNBytes(ANSWER.length);
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
    MessageDigest md5 = Hashing.digest("MD5");
    MessageDigest sha512 = Hashing.digest("SHA-512");
    byte[] buffer = new byte[BUFFER];
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long left = size;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new IOException("the sender left");
        }
        md5.update(buffer, 0, read);
        sha512.update(buffer, 0, read);
        Hashing.write(out, ByteBuffer.wrap(buffer, 0, read));
        left -= read;
      }
      out.force(true);
    }
    byte[] unused = md5.digest();
    unused = sha512.digest();
    Phase phase = watch.stop(size);
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
    double seconds;
    try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
      socket.setTcpNoDelay(true);
      Stopwatch watch = Stopwatch.ofThisThread();
      asking.ask(socket.getInputStream(), socket.getOutputStream());
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
    void ask(InputStream in, OutputStream out) throws IOException;
  }
}
