package dev.vitrine.decoder;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.codec.PayloadCodecs;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.thread.DaemonThreads;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.ChainCodec;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes and encodes what Temporal's Web UI and command line show, for whoever may see it. Source:
 * Temporal's codec server protocol: {@code /decode} and {@code /encode} with payloads as JSON. It
 * asks nobody who they are: listen where only those who may read everything can connect.
 */
public final class CodecServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CodecServer.class);

  /** Temporal takes no larger message. */
  private static final int LARGEST_BODY = 8 << 20;

  private static final int THREADS = 8;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, DaemonThreads.named("vitrine-codec"));
  private final PayloadCodec codec;
  private final Set<String> origins;

  /** Works on a list of payloads. */
  private interface Work {
    Payloads on(Payloads payloads);
  }

  private CodecServer(HttpServer server, PayloadCodec codec, Set<String> origins) {
    this.server = server;
    this.codec = codec;
    this.origins = origins;
  }

  /**
   * Starts it.
   *
   * @param origins of the pages that may ask it from a browser, {@code http://localhost:8233}
   * @throws Unavailable if it can't listen there
   */
  public static CodecServer start(
      InetSocketAddress address, PayloadCodecs codecs, Set<String> origins) {
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw VitrineException.because(
          e,
          new Unavailable(
              "the codec server can't listen on %s: %s; choose another port"
                  .formatted(address, e.getMessage())));
    }
    CodecServer started =
        new CodecServer(server, new ChainCodec(codecs.codecs()), Set.copyOf(origins));
    server.createContext("/decode", exchange -> started.serve(exchange, started::decode));
    server.createContext("/encode", exchange -> started.serve(exchange, started::encode));
    server.setExecutor(started.threads);
    server.start();
    return started;
  }

  /** Where it listens. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    return "http://%s:%d".formatted(address.getHostString(), address.getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private Payloads decode(Payloads payloads) {
    return Payloads.newBuilder().addAllPayloads(codec.decode(payloads.getPayloadsList())).build();
  }

  private Payloads encode(Payloads payloads) {
    return Payloads.newBuilder().addAllPayloads(codec.encode(payloads.getPayloadsList())).build();
  }

  private void serve(HttpExchange exchange, Work work) throws IOException {
    try (exchange) {
      allowOrigin(exchange);
      String method = exchange.getRequestMethod();
      if (method.equals("OPTIONS")) {
        exchange.sendResponseHeaders(204, -1);
      } else if (method.equals("POST")) {
        take(exchange, work);
      } else {
        answer(exchange, 405, "{\"message\": \"send payloads by POST\"}");
      }
    }
  }

  private static void take(HttpExchange exchange, Work work) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      answer(exchange, 413, "{\"message\": \"payloads take 8 MiB at most\"}");
      return;
    }
    String done;
    try {
      Payloads.Builder payloads = Payloads.newBuilder();
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(body, StandardCharsets.UTF_8), payloads);
      done = JsonFormat.printer().print(work.on(payloads.build()));
    } catch (InvalidProtocolBufferException e) {
      answer(exchange, 400, "{\"message\": \"that is no list of payloads\"}");
      return;
    } catch (PayloadCodecException e) {
      log.warn("a payload can't be decoded: {}", e.getMessage());
      answer(exchange, 400, "{\"message\": \"a payload can't be decoded; the log says why\"}");
      return;
    }
    answer(exchange, 200, done);
  }

  /** Only for pages that were named: others would read what a person at the browser may. */
  private void allowOrigin(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (origin != null && origins.contains(origin)) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Access-Control-Allow-Origin", origin);
      headers.set("Access-Control-Allow-Methods", "POST, OPTIONS");
      headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Namespace");
      headers.set("Vary", "Origin");
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
