package dev.vitrine.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Takes traces, as a collector of OTLP over HTTP does. */
final class Collector implements AutoCloseable {

  /**
   * A span that came.
   *
   * @param parent empty for none
   */
  record Came(String name, String trace, String id, String parent, Map<String, String> says) {}

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<Came> came = new CopyOnWriteArrayList<>();
  private final List<String> about = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer;

  private Collector(CountDownLatch mayAnswer) throws IOException {
    this.mayAnswer = mayAnswer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** One that answers. */
  static Collector start() throws IOException {
    return new Collector(new CountDownLatch(0));
  }

  /** One that does not, until it is closed. */
  static Collector hanging() throws IOException {
    return new Collector(new CountDownLatch(1));
  }

  /** The variables of a process that sends its traces here, and soon. */
  Map<String, String> environment() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "OTEL_BSP_SCHEDULE_DELAY",
        "20");
  }

  List<Came> came() {
    return List.copyOf(came);
  }

  /** Those of one trace. */
  List<Came> of(String trace) {
    return came.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  /** What the processes said of themselves. */
  List<String> about() {
    return List.copyOf(about);
  }

  /** Waits until somebody has sent something. */
  void awaitRequest() throws InterruptedException {
    asked.await();
  }

  private void take(HttpExchange exchange) throws IOException {
    asked.countDown();
    try (exchange) {
      mayAnswer.await();
      InputStream body = exchange.getRequestBody();
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      ExportTraceServiceRequest request =
          ExportTraceServiceRequest.parseFrom(zipped ? new GZIPInputStream(body) : body);
      request.getResourceSpansList().forEach(this::keep);
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(ResourceSpans spans) {
    about.add(says(spans.getResource().getAttributesList()).toString());
    spans
        .getScopeSpansList()
        .forEach(scope -> scope.getSpansList().forEach(span -> came.add(span(span))));
  }

  private static Came span(Span span) {
    HexFormat hex = HexFormat.of();
    return new Came(
        span.getName(),
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        says(span.getAttributesList()));
  }

  private static Map<String, String> says(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey, each -> text(each.getValue()), (a, b) -> b, TreeMap::new));
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  @Override
  public void close() {
    mayAnswer.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
