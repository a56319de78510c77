package dev.vitrine.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP source that can be told to misbehave. */
public final class SourceServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch stalled = new CountDownLatch(1);

  public volatile byte[] data;
  public volatile @Nullable String etag = "\"v1\"";
  public volatile @Nullable String lastModified;
  public volatile boolean ranges = true;
  public volatile boolean announcesLength = true;

  /** Statuses to answer with before it answers properly. */
  public final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

  /** After how many bytes of the body the connection breaks; -1 for never. */
  public volatile int breaksAfter = -1;

  /** After how many bytes of the body it falls silent; -1 for never. */
  public volatile int stallsAfter = -1;

  /** The Range and If-Range of every request. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  public SourceServer(byte[] data) throws IOException {
    this.data = data;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://%s:%d/image.raw?token=secret"
        .formatted(server.getAddress().getHostString(), server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    requests.add(range + " " + ifRange);
    Integer status = statuses.poll();
    if (status != null) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    if (etag != null) {
      exchange.getResponseHeaders().set("ETag", etag);
    }
    if (lastModified != null) {
      exchange.getResponseHeaders().set("Last-Modified", lastModified);
    }
    byte[] all = data;
    boolean same = ifRange == null || ifRange.equals(etag) || ifRange.equals(lastModified);
    int from = 0;
    if (range != null && ranges && same) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      if (from >= all.length) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + all.length);
        exchange.sendResponseHeaders(416, -1);
        exchange.close();
        return;
      }
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, all.length - 1, all.length));
    }
    int length = all.length - from;
    exchange.sendResponseHeaders(
        from > 0 ? 206 : 200, !announcesLength ? 0 : length == 0 ? -1 : length);
    OutputStream body = exchange.getResponseBody();
    int until = breaksAfter >= 0 ? breaksAfter : stallsAfter >= 0 ? stallsAfter : length;
    try {
      body.write(all, from, Math.min(until, length));
      body.flush();
      if (stallsAfter >= 0) {
        stalled.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (until < length) {
      // Neither the announced length nor a last chunk: the connection just ends.
      throw new IOException("the connection breaks");
    }
    exchange.close();
  }

  @Override
  public void close() {
    stalled.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
