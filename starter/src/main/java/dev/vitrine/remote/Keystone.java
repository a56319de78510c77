package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.keystone.KeystoneName;
import dev.vitrine.keystone.TokenRequest;
import dev.vitrine.remote.Credentials.Domain;
import dev.vitrine.remote.Credentials.Scope;
import dev.vitrine.remote.Credentials.User;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gets tokens and the image API's endpoint from a Keystone v3. */
record Keystone(Transport transport, @Nullable String region, String side) {

  /**
   * What Keystone answered.
   *
   * @param endpoint of the image API by the catalog; null if the catalog has none
   */
  record Session(String token, @Nullable URI endpoint) {}

  /**
   * Authenticates.
   *
   * @throws Invalid if the Keystone's URL is none
   * @throws dev.vitrine.error.VitrineException as the Keystone refuses
   */
  Session authenticate(Credentials credentials) {
    if (credentials instanceof Credentials.Password own) {
      User user = own.user();
      return authenticate(
          own.authUrl(),
          TokenRequest.byPassword(
              name(user.id(), user.name(), user.domain()), own.password(), project(own.scope())));
    }
    if (credentials instanceof Credentials.Rescoped own) {
      return authenticate(own.authUrl(), TokenRequest.byToken(own.token(), project(own.scope())));
    }
    if (credentials instanceof Credentials.ApplicationCredential own) {
      return authenticate(
          own.authUrl(), TokenRequest.byApplicationCredential(own.id(), own.secret()));
    }
    throw new IllegalArgumentException(credentials + " needs no Keystone");
  }

  private Session authenticate(String authUrl, TokenRequest request) {
    URI url = tokensUrl(authUrl);
    HttpResponse<byte[]> answer =
        transport.send(
            HttpRequest.newBuilder(url)
                .timeout(Transport.ANSWER)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(request.json()))
                .build(),
            BodyHandlers.ofByteArray());
    if (answer.statusCode() / 100 != 2) {
      throw ApiErrors.of(
          "authentication at " + url, answer.statusCode(), answer.headers(), answer.body());
    }
    String token = answer.headers().firstValue("X-Subject-Token").orElse("");
    if (token.isEmpty()) {
      throw new Unavailable("authentication at %s: the answer has no token".formatted(url));
    }
    return new Session(
        token, endpoint(JsonMaps.object(answer.body()).map(b -> b.get("token")).orElse(Map.of())));
  }

  private @Nullable URI endpoint(Object token) {
    for (Map<String, @Nullable Object> service :
        JsonMaps.objects(JsonFields.object(token), "catalog")) {
      if (!"image".equals(service.get("type"))) {
        continue;
      }
      for (Map<String, @Nullable Object> endpoint : JsonMaps.objects(service, "endpoints")) {
        String home =
            JsonFields.text(endpoint, "region_id", JsonFields.text(endpoint, "region", ""));
        if (side.equals(endpoint.get("interface")) && (region == null || region.equals(home))) {
          return RemoteSettings.base(URI.create(JsonFields.required(endpoint, "url")));
        }
      }
    }
    return null;
  }

  private static @Nullable KeystoneName project(Scope scope) {
    return scope.isGiven() ? name(scope.id(), scope.name(), scope.domain()) : null;
  }

  private static KeystoneName name(@Nullable String id, @Nullable String name, Domain domain) {
    return new KeystoneName(id, name, domain.id(), domain.name());
  }

  private static URI tokensUrl(String authUrl) {
    try {
      URI url = TokenRequest.url(authUrl);
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("(?i)https?")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message.
    }
    throw new Invalid("OS_AUTH_URL is not an http or https URL; give that of a Keystone v3");
  }
}
