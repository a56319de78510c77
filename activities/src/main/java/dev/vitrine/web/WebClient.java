package dev.vitrine.web;

import dev.vitrine.thread.DaemonThreads;
import dev.vitrine.web.WebFailure.Reason;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests that users' URLs cause, each only to where the rules allow: a host's addresses
 * are looked up once, and what is connected to is the very address that was checked; each redirect
 * is checked in the same way. Proxies of the environment are not used, because behind one nothing
 * of this could be checked. Safe for use by many threads; its own threads let the process end.
 */
public final class WebClient {

  private final WebRules rules;
  private final HostResolver resolver;
  private final Duration connectTimeout;
  private final Duration answerTimeout;
  private final CloseableHttpClient http;
  private final ExecutorService executor =
      Executors.newCachedThreadPool(DaemonThreads.named("vitrine-web"));

  /**
   * @param connectTimeout for the look-up of a host, and for a connection
   * @param answerTimeout until an answer begins, with all redirects
   * @param trust which certificates are accepted; null for those of the Java runtime
   */
  public WebClient(
      WebAccess access,
      Duration connectTimeout,
      Duration answerTimeout,
      @Nullable SSLContext trust) {
    this.rules = access.rules();
    this.resolver = access.resolver();
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
    this.http = http(connectTimeout, trust);
  }

  private static CloseableHttpClient http(Duration connectTimeout, @Nullable SSLContext trust) {
    TlsSocketStrategy tls =
        trust == null
            ? DefaultClientTlsStrategy.createDefault()
            : new DefaultClientTlsStrategy(trust);
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(CheckedOnly.RESOLVER)
            .setTlsSocketStrategy(tls)
            // As many as there are transfers and downloads, which have limits of their own.
            .setMaxConnTotal(Integer.MAX_VALUE)
            .setMaxConnPerRoute(Integer.MAX_VALUE)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(connectTimeout))
                    // Whoever reads watches for silence, and this only until an answer begins.
                    .setSocketTimeout(Timeout.DISABLED)
                    .build())
            .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(Timeout.DISABLED).build())
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(Timeout.DISABLED)
                .setProtocolUpgradeEnabled(false)
                .build())
        // Nothing of one transfer reaches the next: no connection, cookie or credential.
        .setConnectionReuseStrategy((request, response, context) -> false)
        .disableCookieManagement()
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .setUserAgent("vitrine")
        .build();
  }

  /**
   * Sends a GET request and waits until the answer begins.
   *
   * @param display the URL without what may be secret
   * @param guard is given what to close to end the waiting early; what it throws ends it, too
   * @throws WebFailure if there is no answer
   */
  public WebAnswer get(
      URI url, String display, Map<String, String> headers, Consumer<Closeable> guard)
      throws WebFailure, InterruptedException {
    return exchange(
        new WebExchange(rules, this::look, http, url, display, headers, null, true),
        display,
        guard);
  }

  /**
   * The same that follows no redirect: what the headers have is for who was named, and nobody else.
   */
  public WebAnswer getThere(
      URI url, String display, Map<String, String> headers, Consumer<Closeable> guard)
      throws WebFailure, InterruptedException {
    return exchange(
        new WebExchange(rules, this::look, http, url, display, headers, null, false),
        display,
        guard);
  }

  /**
   * Sends a POST request, and waits until the answer begins. It follows no redirect: whoever is
   * told something is who was named.
   *
   * @param display the URL without what may be secret
   * @throws WebFailure if there is no answer
   */
  public WebAnswer post(URI url, String display, Map<String, String> headers, byte[] body)
      throws WebFailure, InterruptedException {
    return exchange(
        new WebExchange(rules, this::look, http, url, display, headers, body, false),
        display,
        nobody -> {});
  }

  private WebAnswer exchange(WebExchange exchange, String display, Consumer<Closeable> guard)
      throws WebFailure, InterruptedException {
    Future<WebAnswer> answer = executor.submit(exchange);
    boolean answered = false;
    try {
      guard.accept(exchange);
      WebAnswer got = answer.get(answerTimeout.toNanos(), TimeUnit.NANOSECONDS);
      answered = true;
      return got;
    } catch (TimeoutException e) {
      throw new WebFailure(
          Reason.BROKEN, "%s did not answer within %s".formatted(display, answerTimeout));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof WebFailure failure
          ? failure
          : new WebFailure(Reason.BROKEN, "%s: %s".formatted(display, e.getCause()));
    } finally {
      if (!answered) {
        exchange.close();
      }
    }
  }

  /** Looks a host up; for no longer than a connection may take, though the system may take more. */
  private InetAddress[] look(String host) throws UnknownHostException, InterruptedException {
    Future<InetAddress[]> found = executor.submit(() -> resolver.addresses(host));
    try {
      return found.get(connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      found.cancel(true);
      throw new UnknownHostException(host);
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    }
  }
}
