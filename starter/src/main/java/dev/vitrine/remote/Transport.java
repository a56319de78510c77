package dev.vitrine.remote;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** One HTTP client, and the one mapping of what goes wrong below HTTP. Thread-safe. */
final class Transport {

  /** How long a server may take over a small call; an upload or a download has no such bound. */
  static final Duration ANSWER = Duration.ofSeconds(60);

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          // Over cleartext, the JDK would ask for an upgrade, which some servers answer badly.
          .version(HttpClient.Version.HTTP_1_1)
          // A token must not follow to another host.
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw failure(request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted while waiting for %s".formatted(server(request.uri())));
    }
  }

  /** What a broken exchange is to the caller. */
  static VitrineException failure(URI url, IOException e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof VitrineException own) {
        return own;
      }
    }
    if (e instanceof HttpConnectTimeoutException || e instanceof ConnectException) {
      return new Unavailable(
          "no answer from %s; is the server running, and the address right?"
              .formatted(server(url)));
    }
    if (e instanceof HttpTimeoutException) {
      return new Unavailable(
          "%s did not answer within %d seconds".formatted(server(url), ANSWER.toSeconds()));
    }
    return new Unavailable("the connection with %s broke: %s".formatted(server(url), reason(e)));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** The server in a URL, without path and query. */
  static String server(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
