package dev.vitrine.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.json.IsoTime;
import dev.vitrine.json.JsonMappers;
import dev.vitrine.text.Printable;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What Keystone says of a token, as JSON. */
final class TokenBody {

  private final JsonNode token;
  private final String userId;
  private final Instant expiresAt;

  private TokenBody(JsonNode token, String userId, Instant expiresAt) {
    this.token = token;
    this.userId = userId;
    this.expiresAt = expiresAt;
  }

  /** Empty if the answer is not about a token. */
  static Optional<TokenBody> of(HttpResponse<String> answer) {
    JsonNode token = json(answer.body()).path("token");
    String userId = token.path("user").path("id").asText("");
    return userId.isBlank()
        ? Optional.empty()
        : IsoTime.parse(token.path("expires_at").asText(""))
            .map(expiresAt -> new TokenBody(token, userId, expiresAt));
  }

  private static JsonNode json(String text) {
    try {
      JsonNode read = JsonMappers.plain().readTree(text);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  Instant expiresAt() {
    return expiresAt;
  }

  /**
   * Who has the token.
   *
   * @throws Forbidden if it is neither for a project nor for the system: owners are projects, and
   *     no rule speaks of domains
   */
  Caller caller() {
    String projectId = token.path("project").path("id").asText("");
    List<String> roles =
        StreamSupport.stream(token.path("roles").spliterator(), false)
            .map(role -> role.path("name").asText(""))
            .filter(name -> !name.isBlank())
            .toList();
    if (projectId.isBlank() && !token.path("system").path("all").asBoolean(false)) {
      throw new Forbidden(
          "user %s: the token is for %s; get one for a project, or for the system"
              .formatted(
                  Printable.escape(userId),
                  token.has("domain")
                      ? "a domain, and nothing belongs to a domain"
                      : "no project"));
    }
    return new Caller(
        projectId.isBlank()
            ? Caller.requesterOfSystem(userId, roles)
            : Caller.requester(userId, projectId, roles),
        roles,
        token.path("user").path("name").textValue(),
        token.path("project").path("name").textValue(),
        expiresAt);
  }
}
