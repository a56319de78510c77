package dev.vitrine.worker;

import com.sun.net.httpserver.HttpServer;
import dev.vitrine.activity.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web source that answers with the data, or with a status. */
final class AnsweringSource implements AutoCloseable {

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpServer server;

  AnsweringSource(byte[] data) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext(
        "/disk",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, data.length);
            exchange.getResponseBody().write(data);
          }
        });
    server.createContext(
        "/status/",
        exchange -> {
          try (exchange) {
            String path = exchange.getRequestURI().getPath();
            exchange.sendResponseHeaders(Integer.parseInt(path.replaceAll("\\D", "")), -1);
          }
        });
    server.start();
  }

  Source.Url disk() {
    return url("/disk");
  }

  /** Where every answer has that status and nothing else. */
  Source.Url status(int status) {
    return url("/status/" + status);
  }

  private Source.Url url(String path) {
    return new Source.Url("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
