package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.remote.Credentials.Domain;
import dev.vitrine.remote.Credentials.Scope;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
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
    if (credentials instanceof Credentials.Password password) {
      Map<String, Object> user = new LinkedHashMap<>();
      put(user, "id", password.user().id());
      if (password.user().id() == null) {
        put(user, "name", password.user().name());
        user.put("domain", domain(password.user().domain()));
      }
      user.put("password", password.password());
      return authenticate(
          password.authUrl(), "password", Map.of("user", user), scope(password.scope()));
    }
    if (credentials instanceof Credentials.Rescoped rescoped) {
      return authenticate(
          rescoped.authUrl(), "token", Map.of("id", rescoped.token()), scope(rescoped.scope()));
    }
    if (credentials instanceof Credentials.ApplicationCredential own) {
      return authenticate(
          own.authUrl(),
          "application_credential",
          Map.of("id", own.id(), "secret", own.secret()),
          null);
    }
    throw new IllegalArgumentException(credentials + " needs no Keystone");
  }

  private Session authenticate(
      String authUrl, String method, Map<String, Object> proof, @Nullable Object scope) {
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("identity", Map.of("methods", List.of(method), method, proof));
    if (scope != null) {
      auth.put("scope", scope);
    }
    URI url = tokensUrl(authUrl);
    HttpResponse<byte[]> answer =
        transport.send(
            HttpRequest.newBuilder(url)
                .timeout(Transport.ANSWER)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(JsonMaps.bytes(Map.of("auth", auth))))
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

  private static @Nullable Object scope(Scope scope) {
    if (!scope.isGiven()) {
      return null;
    }
    Map<String, Object> project = new LinkedHashMap<>();
    put(project, "id", scope.id());
    if (scope.id() == null) {
      put(project, "name", scope.name());
      project.put("domain", domain(scope.domain()));
    }
    return Map.of("project", project);
  }

  private static Map<String, Object> domain(Domain domain) {
    if (domain.id() != null) {
      return Map.of("id", domain.id());
    }
    return domain.name() == null ? Map.of("id", "default") : Map.of("name", domain.name());
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  private static URI tokensUrl(String authUrl) {
    String base = authUrl.replaceFirst("/+$", "");
    String versioned = base.endsWith("/v3") ? base : base + "/v3";
    try {
      URI url = URI.create(versioned + "/auth/tokens");
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("(?i)https?")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message.
    }
    throw new Invalid("OS_AUTH_URL is not an http or https URL; give that of a Keystone v3");
  }
}
