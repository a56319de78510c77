package dev.vitrine.web;

import dev.vitrine.web.WebFailure.Reason;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** A request and what it is redirected to, until an answer begins. Closed from any thread. */
final class WebExchange implements Callable<WebAnswer>, Closeable {

  /** As browsers do, and more than storage services need. */
  private static final int MOST_REDIRECTS = 20;

  /** Finds the addresses of a host. */
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException, InterruptedException;
  }

  private final WebRules rules;
  private final Lookup lookup;
  private final CloseableHttpClient http;
  private final URI first;
  private final String display;
  private final Map<String, String> headers;
  private final byte @Nullable [] sent;
  private final boolean follows;
  private @Nullable HttpUriRequestBase sending;
  private @Nullable ClassicHttpResponse response;
  private boolean closed;

  /**
   * @param sent with a POST request; null for a GET request
   * @param follows whether it goes where it is redirected to
   */
  WebExchange(
      WebRules rules,
      Lookup lookup,
      CloseableHttpClient http,
      URI first,
      String display,
      Map<String, String> headers,
      byte @Nullable [] sent,
      boolean follows) {
    this.follows = follows;
    this.sent = sent;
    this.rules = rules;
    this.lookup = lookup;
    this.http = http;
    this.first = first;
    this.display = display;
    this.headers = headers;
  }

  @Override
  public WebAnswer call() throws WebFailure, InterruptedException {
    URI url = first;
    String shown = display;
    for (int redirects = 0; ; redirects++) {
      rules.require(url, shown);
      ClassicHttpResponse got = send(url, shown);
      Header location = got.getFirstHeader("Location");
      if (!follows || !isRedirect(got.getCode()) || location == null) {
        return new WebAnswer(shown, got.getCode(), got, body(got, shown));
      }
      release();
      if (redirects == MOST_REDIRECTS) {
        throw refused("redirects more than %d times".formatted(MOST_REDIRECTS));
      }
      url = target(url, location.getValue());
      shown = "%s, redirected to %s".formatted(display, withoutQuery(url));
    }
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private URI target(URI from, String location) throws WebFailure {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw refused("redirects to what is no URL");
    }
    if ("https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(to.getScheme())) {
      throw refused(
          "redirects from https to http at %s, where nobody vouches for the data"
              .formatted(withoutQuery(to)));
    }
    return to;
  }

  private WebFailure refused(String what) {
    return new WebFailure(Reason.REFUSED, "%s %s".formatted(display, what));
  }

  private static String withoutQuery(URI url) {
    String host = url.getHost() == null ? "" : url.getHost();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?…";
    return "%s://%s%s%s%s".formatted(url.getScheme(), host, port, path, query);
  }

  /** Tries the addresses that are allowed, in their order, until one is connected to. */
  private ClassicHttpResponse send(URI url, String shown) throws WebFailure, InterruptedException {
    IOException last = new UnknownHostException();
    for (InetAddress address : allowed(url, shown)) {
      HttpUriRequestBase request = sent == null ? new HttpGet(url) : new HttpPost(url);
      if (sent != null) {
        request.setEntity(new ByteArrayEntity(sent, null));
      }
      headers.forEach(request::setHeader);
      begin(request);
      try {
        HttpHost host = new HttpHost(url.getScheme(), address, url.getHost(), port(url));
        return answered(http.executeOpen(host, request, null));
      } catch (ConnectException | NoRouteToHostException | SocketTimeoutException e) {
        last = e;
      } catch (IOException e) {
        throw failure(e, shown);
      }
    }
    throw failure(last, shown);
  }

  private List<InetAddress> allowed(URI url, String shown) throws WebFailure, InterruptedException {
    InetAddress[] all;
    try {
      all = lookup.addresses(url.getHost());
    } catch (UnknownHostException e) {
      throw failure(e, shown);
    }
    List<InetAddress> allowed = Arrays.stream(all).filter(rules::allows).toList();
    if (allowed.isEmpty() && all.length > 0) {
      throw rules.refused(all[0], shown);
    }
    return allowed;
  }

  private static int port(URI url) {
    return url.getPort() >= 0
        ? url.getPort()
        : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  private synchronized void begin(HttpUriRequestBase request) throws WebFailure {
    if (closed) {
      throw new WebFailure(Reason.BROKEN, display + ": the request was given up");
    }
    sending = request;
  }

  private synchronized ClassicHttpResponse answered(ClassicHttpResponse got) throws WebFailure {
    response = got;
    if (closed) {
      release();
      throw new WebFailure(Reason.BROKEN, display + ": the request was given up");
    }
    return got;
  }

  private InputStream body(ClassicHttpResponse got, String shown) throws WebFailure {
    try {
      InputStream content =
          got.getEntity() == null ? InputStream.nullInputStream() : got.getEntity().getContent();
      return new FilterInputStream(content) {
        @Override
        public void close() {
          WebExchange.this.close();
        }
      };
    } catch (IOException e) {
      throw failure(e, shown);
    }
  }

  private static WebFailure failure(IOException e, String shown) {
    if (e instanceof UnknownHostException) {
      return new WebFailure(Reason.UNREACHABLE, shown + ": its host is unknown");
    }
    if (e instanceof SocketTimeoutException) {
      return new WebFailure(Reason.BROKEN, shown + ": it could not be connected to in time");
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      boolean refused = root(e).contains("refused");
      return new WebFailure(
          Reason.UNREACHABLE, "%s: %s".formatted(shown, refused ? "connection refused" : root(e)));
    }
    if (e instanceof SSLException && !brokeOff(e)) {
      return new WebFailure(
          Reason.UNTRUSTED, "%s: TLS does not vouch for it: %s".formatted(shown, root(e)));
    }
    return new WebFailure(Reason.BROKEN, "%s: %s".formatted(shown, root(e)));
  }

  private static boolean brokeOff(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof EOFException || at instanceof SocketException) {
        return true;
      }
    }
    return false;
  }

  private static String root(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at.getMessage() == null ? at.toString() : at.getMessage();
  }

  @Override
  public synchronized void close() {
    closed = true;
    release();
  }

  private synchronized void release() {
    // Cancelled first: closing alone would read what is left of the body.
    if (sending != null) {
      sending.cancel();
    }
    if (response != null) {
      try {
        response.close();
      } catch (IOException e) {
        // Nobody wants the rest.
      }
    }
    sending = null;
    response = null;
  }
}
