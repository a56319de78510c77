package dev.vitrine.api;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Some bytes on the web. */
record ByteSource(HttpServer server) implements AutoCloseable {

  static ByteSource of(byte[] data) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, data.length == 0 ? -1 : data.length);
            exchange.getResponseBody().write(data);
          }
        });
    server.start();
    return new ByteSource(server);
  }

  String url() {
    return "http://127.0.0.1:%d/image".formatted(server.getAddress().getPort());
  }

  /** What is asked for to import them. */
  String method() {
    return "{\"name\": \"web-download\", \"uri\": \"%s\"}".formatted(url());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
