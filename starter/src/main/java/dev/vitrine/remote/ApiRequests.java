package dev.vitrine.remote;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls: with the caller's token, once more with a new one if it was refused, and every
 * refusal as a {@link dev.vitrine.error.VitrineException}. Thread-safe.
 */
final class ApiRequests {

  private final Transport transport;
  private final ApiSession access;

  ApiRequests(Transport transport, ApiSession access) {
    this.transport = transport;
    this.access = access;
  }

  URI endpoint() {
    return access.endpoint();
  }

  /** A call that answers a JSON object. */
  Map<String, @Nullable Object> json(ApiCall call) {
    return JsonMaps.object(bytes(call))
        .orElseThrow(
            () ->
                new Unavailable(
                    "%s: the answer is no JSON object; is it an image API v2 that answers at %s?"
                        .formatted(call.what(), endpoint())));
  }

  /** A call whose answer says no more than that it is done. */
  void done(ApiCall call) {
    byte[] unused = bytes(call);
  }

  /** A call of whose answer one header is wanted; empty if it has none of that name. */
  Optional<String> header(ApiCall call, String name) {
    return send(call, HttpResponse.BodyHandlers.ofByteArray()).headers().firstValue(name);
  }

  private byte[] bytes(ApiCall call) {
    return body(send(call, HttpResponse.BodyHandlers.ofByteArray()));
  }

  /** A call whose answer is read as it comes; the caller closes it. */
  HttpResponse<Answer<InputStream>> stream(ApiCall call) {
    return send(call, HttpResponse.BodyHandlers.ofInputStream());
  }

  /** What an answer that is no refusal brought. */
  static <T> T body(HttpResponse<Answer<T>> response) {
    if (response.body() instanceof Answer.Given<T> given) {
      return given.body();
    }
    throw new IllegalStateException("a refusal was passed on");
  }

  private <T> HttpResponse<Answer<T>> send(ApiCall call, BodyHandler<T> handler) {
    String token = access.token();
    HttpResponse<Answer<T>> response = transport.send(request(call, token), either(call, handler));
    if (response.statusCode() == 401 && call.repeatable() && access.renew(token)) {
      response = transport.send(request(call, access.token()), either(call, handler));
    }
    if (response.body() instanceof Answer.Refused<T> refused) {
      throw refused.error();
    }
    return response;
  }

  private HttpRequest request(ApiCall call, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(access.endpoint() + call.path()))
            .method(call.method(), call.body().get())
            .header("Accept", "application/json");
    call.headers().forEach(request::setHeader);
    if (token != null) {
      request.header("X-Auth-Token", token);
    }
    if (call.timeout() != null) {
      request.timeout(call.timeout());
    }
    return request.build();
  }

  private static <T> BodyHandler<Answer<T>> either(ApiCall call, BodyHandler<T> handler) {
    return info ->
        info.statusCode() / 100 == 2
            ? BodySubscribers.mapping(handler.apply(info), Answer.Given::new)
            : BodySubscribers.mapping(
                BodySubscribers.ofByteArray(),
                body ->
                    new Answer.Refused<>(
                        ApiErrors.of(call.what(), info.statusCode(), info.headers(), body)));
  }

  /** The body of an answer. */
  sealed interface Answer<T> {

    record Given<T>(T body) implements Answer<T> {}

    record Refused<T>(VitrineException error) implements Answer<T> {}
  }
}
