package dev.vitrine.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ToIntFunction;

/** Takes events as somebody's server does, and answers as it is told. */
final class Receiver implements AutoCloseable {

  /** Does not answer until the end. */
  static final int SILENCE = -1;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final LinkedBlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

  /** What came, with the answer to it. */
  final List<Request> requests = new CopyOnWriteArrayList<>();

  /** The answer where none is laid ready. */
  volatile ToIntFunction<Request> otherwise = request -> 204;

  record Request(Map<String, String> headers, String body, int answer) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    String change() {
      JsonNode data = json().path("data");
      return data.path("image_id").textValue() + " " + data.path("to").textValue();
    }
  }

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  /** The answers to the next requests. */
  void answer(Integer... next) {
    answers.addAll(List.of(next));
  }

  /** What it has taken, in order. */
  List<String> taken() {
    return requests.stream().filter(r -> r.answer() == 204).map(Request::change).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      Integer laidReady = answers.poll();
      int answer =
          laidReady != null ? laidReady : otherwise.applyAsInt(new Request(headers, body, 0));
      requests.add(new Request(headers, body, answer));
      if (answer == SILENCE) {
        end.await();
        return;
      }
      exchange.sendResponseHeaders(answer, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
