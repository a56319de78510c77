package dev.vitrine.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web source with ranges that stops in the middle of its first answer until it is released, and
 * remembers where each answer began.
 */
final class HoldingSource implements AutoCloseable {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
  private static final int CHUNK = 1 << 16;

  private final byte[] data;
  private final int holdAt;
  private final boolean holdsAll;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<Long> starts = Collections.synchronizedList(new ArrayList<>());

  HoldingSource(byte[] data, int holdAt) throws IOException {
    this(data, holdAt, false);
  }

  /**
   * @param holdsAll whether every answer from the beginning is held, and not only the first
   */
  HoldingSource(byte[] data, int holdAt, boolean holdsAll) throws IOException {
    this.holdsAll = holdsAll;
    this.data = data;
    this.holdAt = holdAt;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/image", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/image";
  }

  /** Waits until the first answer has stopped in the middle. */
  void awaitHeld() throws InterruptedException {
    held.await();
  }

  void release() {
    released.countDown();
  }

  /** Where each answer began, in the order of the requests. */
  List<Long> starts() {
    return List.copyOf(starts);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      Matcher matcher = RANGE.matcher(range == null ? "" : range);
      int from = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
      boolean isHeld = starts.isEmpty() || (holdsAll && from == 0);
      starts.add((long) from);
      exchange.getResponseHeaders().set("ETag", "\"one\"");
      exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes %d-%d/%d".formatted(from, data.length - 1, data.length));
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, data.length - from);
      try (OutputStream body = exchange.getResponseBody()) {
        send(body, from, isHeld);
      }
    }
  }

  private void send(OutputStream body, int from, boolean isHeld) throws IOException {
    for (int at = from; at < data.length; at += CHUNK) {
      if (isHeld && at >= holdAt) {
        body.flush();
        held.countDown();
        try {
          released.await();
        } catch (InterruptedException e) {
          return;
        }
      }
      body.write(data, at, Math.min(CHUNK, data.length - at));
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
