package dev.vitrine.keystone;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.json.JsonMappers;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a token: the body of {@code POST /v3/auth/tokens}. It holds a secret, and prints
 * none. Source: OpenStack Identity API v3, "Authentication and token management".
 */
public final class TokenRequest {

  private final String method;
  private final Map<String, Object> proof;
  private final @Nullable KeystoneName project;

  private TokenRequest(String method, Map<String, Object> proof, @Nullable KeystoneName project) {
    this.method = method;
    this.proof = proof;
    this.project = project;
  }

  /**
   * By a user's password.
   *
   * @param project that is acted for; null for the user's default one
   */
  public static TokenRequest byPassword(
      KeystoneName user, String password, @Nullable KeystoneName project) {
    Map<String, Object> shown = new LinkedHashMap<>(user.document());
    shown.put("password", password);
    return new TokenRequest("password", Map.of("user", shown), project);
  }

  /**
   * By another token, to be exchanged for one of a project.
   *
   * @param project that is acted for; null for the user's default one
   */
  public static TokenRequest byToken(String token, @Nullable KeystoneName project) {
    return new TokenRequest("token", Map.of("id", token), project);
  }

  /** By an application credential, which knows its project itself. */
  public static TokenRequest byApplicationCredential(String id, String secret) {
    return new TokenRequest("application_credential", Map.of("id", id, "secret", secret), null);
  }

  /**
   * Where it is sent to.
   *
   * @param keystone its URL, with or without {@code /v3} at its end
   * @throws IllegalArgumentException if that is no URL
   */
  public static URI url(String keystone) {
    String base = keystone.replaceFirst("/+$", "");
    return URI.create((base.endsWith("/v3") ? base : base + "/v3") + "/auth/tokens");
  }

  /** The body. */
  public String json() {
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("identity", Map.of("methods", List.of(method), method, proof));
    if (project != null) {
      auth.put("scope", Map.of("project", project.document()));
    }
    try {
      return JsonMappers.plain().writeValueAsString(Map.of("auth", auth));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are JSON", e);
    }
  }

  @Override
  public String toString() {
    return "TokenRequest[method=%s]".formatted(method);
  }
}
