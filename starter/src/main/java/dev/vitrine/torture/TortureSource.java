package dev.vitrine.torture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web source of data that its path names, {@code /data/SEED/SIZE}, with ranges. It can stall, cut
 * its answers off, or be out of service.
 */
final class TortureSource implements AutoCloseable {

  /** How it behaves. */
  enum Mood {
    FINE,
    STALLS,
    CUTS,
    REFUSES
  }

  private static final Pattern PATH = Pattern.compile("/data/(-?\\d+)/(\\d+)");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
  private static final int CHUNK = 1 << 16;
  private static final int STALL_MILLIS = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Mood mood = Mood.FINE;

  TortureSource() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/data/", this::serve);
    server.start();
  }

  String url(long seed, int size) {
    return "http://127.0.0.1:%d/data/%d/%d".formatted(server.getAddress().getPort(), seed, size);
  }

  void become(Mood next) {
    mood = next;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      if (!path.matches()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      if (mood == Mood.REFUSES) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      byte[] data = TortureData.of(Long.parseLong(path.group(1)), Integer.parseInt(path.group(2)));
      String range = exchange.getRequestHeaders().getFirst("Range");
      Matcher asked = RANGE.matcher(range == null ? "" : range);
      int from = asked.matches() ? Integer.parseInt(asked.group(1)) : 0;
      exchange.getResponseHeaders().set("ETag", "\"" + path.group(1) + "\"");
      exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes %d-%d/%d".formatted(from, data.length - 1, data.length));
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, data.length - from);
      try (OutputStream body = exchange.getResponseBody()) {
        send(body, data, from);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(OutputStream body, byte[] data, int from)
      throws IOException, InterruptedException {
    for (int at = from; at < data.length; at += CHUNK) {
      while (mood == Mood.STALLS) {
        TimeUnit.MILLISECONDS.sleep(STALL_MILLIS);
      }
      if (mood == Mood.CUTS && at > from) {
        throw new IOException("cut off, as asked");
      }
      body.write(data, at, Math.min(CHUNK, data.length - at));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
