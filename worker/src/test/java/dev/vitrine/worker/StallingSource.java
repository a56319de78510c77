package dev.vitrine.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A web source that stalls in the middle of its first answer, and answers properly from then on.
 */
final class StallingSource implements AutoCloseable {

  private final byte[] data;
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpServer server;

  StallingSource(byte[] data) throws IOException {
    this.data = data;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/disk";
  }

  void awaitStall() throws InterruptedException {
    if (!stalled.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody asked");
    }
  }

  /** Ends the stalled answer short of its end. */
  void breakOff() {
    closed.countDown();
  }

  /** The ranges asked for, in order; an empty text where none was. */
  List<String> ranges() {
    return List.copyOf(ranges);
  }

  @Override
  public void close() {
    breakOff();
    server.stop(0);
    executor.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    @Nullable String range = exchange.getRequestHeaders().getFirst("Range");
    boolean first = ranges.isEmpty();
    ranges.add(range == null ? "" : range);
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    exchange.getResponseHeaders().add("ETag", "\"one\"");
    exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
    if (range != null) {
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(from, data.length - 1, data.length));
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, data.length - from);
    try (OutputStream body = exchange.getResponseBody()) {
      int half = first ? (data.length - from) / 2 : data.length - from;
      body.write(data, from, half);
      body.flush();
      if (first) {
        stalled.countDown();
        closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
