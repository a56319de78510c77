package dev.vitrine.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.NanoTime;

/**
 * Closes connections whose client takes too long for the head of a request. The idle timeout can't:
 * it begins anew with each byte. Looks at all of them once in a while, so that none needs a timer.
 */
final class HeaderDeadline {

  private static final Duration OFTEN = Duration.ofSeconds(1);

  private final ServerConnector connector;
  private final Duration most;
  private final Duration handshake;
  private final long everyMillis;

  /** Since when each has been in the head of which request; for one thread at a time. */
  private Map<HttpConnection, Begun> begun = new HashMap<>();

  private record Begun(long request, long nanoTime) {}

  /**
   * @param most for a head, from its first byte
   * @param idle for a connection's first byte, with what secures the connection
   */
  HeaderDeadline(ServerConnector connector, Duration most, Duration idle) {
    this.connector = connector;
    this.most = most;
    this.handshake = idle.plus(most);
    this.everyMillis = Math.max(1, Math.min(OFTEN.toMillis(), most.toMillis() / 4));
  }

  /** Looks from now on until the connector has stopped. */
  void watch() {
    connector.getScheduler().schedule(this::look, everyMillis, TimeUnit.MILLISECONDS);
  }

  /** Closes what is between two requests, or has had none. */
  void closeIdle() {
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      if (http(endPoint.getConnection()) instanceof HttpConnection http
          && http.getParser().isState(HttpParser.State.START)) {
        endPoint.close();
      }
    }
  }

  private void look() {
    Map<HttpConnection, Begun> now = new HashMap<>();
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      if (http(endPoint.getConnection()) instanceof HttpConnection http) {
        look(endPoint, http, now);
      }
    }
    begun = now;
    if (!connector.isStopped()) {
      watch();
    }
  }

  private void look(EndPoint endPoint, HttpConnection http, Map<HttpConnection, Begun> now) {
    HttpParser parser = http.getParser();
    if (parser.isState(HttpParser.State.START)) {
      long age = System.currentTimeMillis() - endPoint.getCreatedTimeStamp();
      if (http.getMessagesIn() == 0 && age > handshake.toMillis()) {
        endPoint.close();
      }
    } else if (parser.inHeaderState()) {
      Begun before = begun.get(http);
      if (before == null || before.request() != http.getMessagesIn()) {
        now.put(http, new Begun(http.getMessagesIn(), NanoTime.now()));
      } else if (NanoTime.since(before.nanoTime()) > most.toNanos()) {
        endPoint.close();
      } else {
        now.put(http, before);
      }
    }
  }

  private static Connection http(Connection connection) {
    return connection instanceof SslConnection secured
        ? secured.getSslEndPoint().getConnection()
        : connection;
  }
}
