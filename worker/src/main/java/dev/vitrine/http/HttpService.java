package dev.vitrine.http;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** A listening HTTP/1.1 server. Thread-safe. */
public final class HttpService implements AutoCloseable {

  /**
   * What is read from a connection at once: large enough that a stream costs few calls, which are a
   * fifth of its reader's CPU at a quarter of the size. It goes back to the pool once it is read.
   */
  private static final int INPUT_BUFFER = 256 * 1024;

  private static final int OUTPUT_BUFFER = 64 * 1024;

  /** How long clients may take to hear that they get no answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** More waiting connections than that are left to the operating system to refuse. */
  private static final int BACKLOG = 1024;

  /**
   * What Jetty refuses because others could read it in two ways: here a path is split first and
   * decoded then, and nothing else looks at it.
   */
  private static final UriCompliance PATHS =
      UriCompliance.from(
          Set.of(
              UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
              UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
              UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
              UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
              UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
              UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));

  private final Server server;
  private final ServerConnector connector;
  private final Dispatch dispatch;
  private final HeaderDeadline deadline;
  private final boolean secure;
  private int port;

  private HttpService(
      Router router,
      CallerCheck callers,
      HttpLimits limits,
      InboundRules door,
      boolean accessLog,
      @Nullable TlsFiles tls,
      RequestObserver observer) {
    QueuedThreadPool threads =
        new QueuedThreadPool(limits.threads(), Math.min(8, limits.threads()));
    threads.setName("http");
    this.server = new Server(threads);
    this.dispatch = new Dispatch(router, callers, limits, door, threads, observer);
    this.secure = tls != null;
    this.connector = new ServerConnector(server, 1, 1, factories(limits, tls));
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    // What is under way while the process stops is as patient as before.
    connector.setShutdownIdleTimeout(limits.idleTimeout().toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    RequestTimes times = new RequestTimes(observer);
    server.setRequestLog(accessLog ? new RequestLog.Collection(times, new AccessLog()) : times);
    server.setErrorHandler(new JettyErrors());
    CorsPolicy cors = door.cors();
    server.setHandler(cors == null ? dispatch : around(cors, dispatch));
    this.deadline = new HeaderDeadline(connector, limits.headerTimeout(), limits.idleTimeout());
  }

  /**
   * Starts listening.
   *
   * @param address port 0 for any that is free
   * @param accessLog whether each request is logged
   * @param tls null for plain HTTP
   * @param observer is told of each request
   * @throws Unavailable if the address can't be had
   */
  public static HttpService start(
      InetSocketAddress address,
      Router router,
      CallerCheck callers,
      HttpLimits limits,
      InboundRules door,
      boolean accessLog,
      @Nullable TlsFiles tls,
      RequestObserver observer) {
    HttpService service = new HttpService(router, callers, limits, door, accessLog, tls, observer);
    service.connector.setHost(address.getHostString());
    service.connector.setPort(address.getPort());
    try {
      service.server.start();
      service.port = service.connector.getLocalPort();
      service.deadline.watch();
    } catch (Exception e) {
      service.close();
      throw VitrineException.because(
          e,
          new Unavailable(
              "HTTP can't be served at %s: %s; choose another address or port, or end what holds it"
                  .formatted(address, e.getMessage())));
    }
    return service;
  }

  /** The same for nobody who wants to know of requests. */
  public static HttpService start(
      InetSocketAddress address,
      Router router,
      CallerCheck callers,
      HttpLimits limits,
      InboundRules door,
      boolean accessLog,
      @Nullable TlsFiles tls) {
    return start(address, router, callers, limits, door, accessLog, tls, RequestObserver.NONE);
  }

  /** Where it listens, {@code http://127.0.0.1:9292}, or did until {@link #drain}. */
  public String url() {
    String host = String.valueOf(connector.getHost());
    return "%s://%s:%d"
        .formatted(secure ? "https" : "http", host.contains(":") ? "[" + host + "]" : host, port);
  }

  /**
   * Goes on as before, but has clients take another connection after each answer: those that are
   * told in the meantime that this process is not ready then come by none of them any more.
   */
  public void leave() {
    dispatch.leave();
  }

  /** Accepts nothing more, and closes connections that are idle; what is under way goes on. */
  public void drain() {
    dispatch.drain();
    Future<Void> unused = connector.shutdown();
    deadline.closeIdle();
  }

  /**
   * Waits until everybody has been answered, after {@link #drain}.
   *
   * @return whether that was within the patience
   */
  public boolean awaitQuiet(Duration patience) {
    try {
      return dispatch.awaitQuiet(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Answers 503 to who still waits, and ends every connection. The second call does nothing. */
  @Override
  public void close() {
    try {
      dispatch.abandon(PATIENCE);
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }

  private static Handler around(CorsPolicy cors, Handler inner) {
    CrossOriginHandler handler = cors.handler();
    handler.setHandler(inner);
    return handler;
  }

  private static ConnectionFactory[] factories(HttpLimits limits, @Nullable TlsFiles tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(limits.requestHeaderSize());
    http.setUriCompliance(PATHS);
    http.setInputBufferSize(INPUT_BUFFER);
    http.setOutputBufferSize(OUTPUT_BUFFER);
    if (tls == null) {
      return new ConnectionFactory[] {new HttpConnectionFactory(http)};
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStore(tls.keyStore());
    ssl.setKeyStorePassword("");
    return new ConnectionFactory[] {
      new SslConnectionFactory(ssl, HttpVersion.HTTP_1_1.asString()),
      new HttpConnectionFactory(http)
    };
  }
}
