package dev.vitrine.fake;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The wire of an image API v2 on a port of its own, as Glance speaks it: images in memory, and
 * faults on request. With a Keystone at {@code /identity}.
 */
public final class FakeImageApi implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private static final int PIECE = 64 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Deque<Long> truncations = new ArrayDeque<>();
  private final FakeImages images = new FakeImages();
  private final FakeTasks tasks = new FakeTasks();
  private final FakeKeystone keystone;

  /** Whether it has what Vitrine adds to Glance's API. */
  public volatile boolean vitrine = true;

  /** Whether it takes the data of any range for the whole. */
  public volatile boolean ignoresRanges;

  /** Whether a token of its Keystone's is needed. */
  public volatile boolean authenticates;

  /** After so many bytes of an upload, its image is deleted, and the rest is read on. */
  public volatile long deletesAfter = Long.MAX_VALUE;

  /** Is counted down once an upload's image was deleted; what is left of it may come then. */
  public final CountDownLatch deleted = new CountDownLatch(1);

  /** Whether an upload arrives with one bit flipped. */
  public volatile boolean flipsBits;

  private FakeImageApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keystone = new FakeKeystone(url());
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** Starts it. */
  public static FakeImageApi start() {
    try {
      return new FakeImageApi();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The API's base. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What it has. */
  public FakeImages images() {
    return images;
  }

  /** What works on them. */
  public FakeTasks tasks() {
    return tasks;
  }

  /** Who vouches for callers. */
  public FakeKeystone keystone() {
    return keystone;
  }

  /** Every request so far: method, path and query, and its range if it has one. */
  public List<String> requests() {
    return requests;
  }

  /** The next download gets so many bytes, and then the connection is closed. */
  public void truncateNextDownloadAfter(long bytes) {
    synchronized (truncations) {
      truncations.add(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  static Map<String, Object> object(byte[] body) {
    try {
      return JSON.readValue(body, OBJECT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(exchange.getRequestMethod() + " " + uri + (range == null ? "" : " " + range));
      String path = uri.getPath();
      if (path.startsWith("/identity/v3/auth/tokens")) {
        answer(exchange, keystone.authenticate(exchange.getRequestBody().readAllBytes(), exchange));
      } else if (authenticates
          && !keystone.accepts(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
        answer(exchange, FakeAnswer.refused(401, "The request you have made requires a token."));
      } else if (path.matches("/v2/images/[^/]+/file")) {
        file(exchange, path.split("/")[3]);
      } else {
        answer(exchange, route(exchange, path));
      }
    }
  }

  private FakeAnswer route(HttpExchange exchange, String path) throws IOException {
    String method = exchange.getRequestMethod();
    String query = exchange.getRequestURI().getRawQuery();
    byte[] body = exchange.getRequestBody().readAllBytes();
    List<String> parts = new ArrayList<>(List.of(path.split("/")));
    parts.remove(0);
    if (!vitrine && path.matches(".*/(history|progress)")) {
      // As Glance does: its own words are HTML to a client that asks for no JSON.
      return new FakeAnswer(
          404,
          "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>The"
              + " resource could not be found.<br /><br />\n\n</body></html>");
    }
    if (vitrine && path.equals("/v2/reconciliation")) {
      return images.reconciliation(query != null && query.equals("limit=1"));
    }
    if (vitrine && path.startsWith("/v2/webhooks")) {
      return images.webhooks(method, path);
    }
    if (vitrine && path.equals("/v2/audit")) {
      return images.audit(query == null ? "" : query);
    }
    if (parts.size() >= 2 && parts.get(1).equals("tasks")) {
      return tasks.route(method, parts.subList(2, parts.size()), body);
    }
    if (parts.size() >= 2 && parts.get(1).equals("images")) {
      return images.route(
          method,
          parts.subList(2, parts.size()),
          query == null ? "" : query,
          body,
          exchange.getRequestHeaders().getFirst("Content-Type"));
    }
    return FakeAnswer.refused(404, "no such path");
  }

  private void file(HttpExchange exchange, String id) throws IOException {
    FakeImages.FakeImage image = images.find(id);
    if (image == null) {
      answer(exchange, FakeAnswer.refused(404, "No image found with ID " + id));
    } else if (exchange.getRequestMethod().equals("GET")) {
      download(exchange, image);
    } else {
      upload(exchange, image);
    }
  }

  private void upload(HttpExchange exchange, FakeImages.FakeImage image) throws IOException {
    String refusal = image.beginUpload();
    if (refusal != null) {
      answer(exchange, FakeAnswer.refused(409, refusal));
      return;
    }
    InputStream in = exchange.getRequestBody();
    byte[] data =
        deletesAfter == Long.MAX_VALUE ? in.readAllBytes() : in.readNBytes((int) deletesAfter);
    if (deletesAfter != Long.MAX_VALUE) {
      images.remove(image.id());
      deleted.countDown();
      in.transferTo(OutputStream.nullOutputStream());
      answer(exchange, FakeAnswer.refused(410, "Image was deleted"));
      return;
    }
    if (flipsBits && data.length > 0) {
      data[0] ^= 1;
    }
    image.endUpload(data);
    answer(exchange, FakeAnswer.DONE);
  }

  private void download(HttpExchange exchange, FakeImages.FakeImage image) throws IOException {
    byte[] data = image.data();
    if (data == null) {
      answer(exchange, FakeAnswer.DONE);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = 0;
    if (range != null && !ignoresRanges) {
      from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
      if (from >= data.length) {
        answer(exchange, FakeAnswer.refused(416, "Requested Range Not Satisfiable"));
        return;
      }
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(from, data.length - 1, data.length));
    }
    exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, data.length - from);
    Long most;
    synchronized (truncations) {
      most = truncations.poll();
    }
    int length = (int) Math.min(data.length - from, most == null ? Long.MAX_VALUE : most);
    // The JDK's channels copy what they are given into memory outside the heap, all of it at once.
    for (int written = 0; written < length; written += PIECE) {
      exchange.getResponseBody().write(data, from + written, Math.min(PIECE, length - written));
    }
    exchange.getResponseBody().flush();
  }

  private static void answer(HttpExchange exchange, FakeAnswer answer) throws IOException {
    byte[] body = answer.bytes();
    exchange.getResponseHeaders().add("x-openstack-request-id", "req-1");
    if (!(answer.body() instanceof String)) {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
