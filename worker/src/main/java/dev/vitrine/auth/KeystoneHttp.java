package dev.vitrine.auth;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.keystone.TokenRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keystone's two calls on tokens. Source: OpenStack Identity API v3, "Authentication and token
 * management". No token and no password is ever part of a message.
 */
final class KeystoneHttp {

  private static final Logger log = LoggerFactory.getLogger(KeystoneHttp.class);

  private final URI tokens;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * A Keystone.
   *
   * @param url with or without {@code /v3} at its end
   */
  KeystoneHttp(URI url, Duration timeout) {
    this.tokens =
        // The catalog of services is long, and nobody here reads it.
        URI.create(TokenRequest.url(url.toString()) + "?nocatalog");
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // Tokens go nowhere but where the settings say.
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** Asks for a token. */
  HttpResponse<String> issue(TokenRequest credentials) {
    return send(
        HttpRequest.newBuilder(tokens)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(credentials.json())));
  }

  /** Asks what a token is worth. */
  HttpResponse<String> validate(String token, String ownToken) {
    return send(
        HttpRequest.newBuilder(tokens)
            .header("X-Auth-Token", ownToken)
            .header("X-Subject-Token", token)
            .GET());
  }

  /** An answer that says nothing about the token. */
  Unavailable unexpected(HttpResponse<String> answer, String why) {
    return unavailable("it answered %d, %s".formatted(answer.statusCode(), why));
  }

  /** The request's own timeout would end with the head of the answer. */
  private HttpResponse<String> send(HttpRequest.Builder request) {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            request.header("Accept", "application/json").build(), BodyHandlers.ofString());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw unavailable("it did not answer within %d ms".formatted(timeout.toMillis()));
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unavailable("the wait for its answer was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw unavailable("it can't be reached: " + failed);
      }
      throw new IllegalStateException("Keystone could not be asked", e.getCause());
    }
  }

  private Unavailable unavailable(String why) {
    log.warn("Keystone at {} can't be asked about tokens: {}", tokens.getAuthority(), why);
    return new Unavailable(
        "who is calling can't be told, because of Keystone: %s; try again later".formatted(why));
  }
}
