package dev.vitrine.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.vitrine.error.VitrineException.Forbidden;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What Keystone says of a token, as JSON. */
final class TokenBody {

  private static final ObjectMapper JSON = new ObjectMapper();

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
    try {
      Instant expiresAt = Instant.parse(token.path("expires_at").asText(""));
      return userId.isBlank()
          ? Optional.empty()
          : Optional.of(new TokenBody(token, userId, expiresAt));
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  private static JsonNode json(String text) {
    try {
      JsonNode read = JSON.readTree(text);
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
   * @throws Forbidden if it is for no project: owners are projects, and the reference's rules allow
   *     nothing without one
   */
  Caller caller() {
    String projectId = token.path("project").path("id").asText("");
    if (projectId.isBlank()) {
      throw new Forbidden(
          "user %s: the token is for %s and not for a project; get one for a project"
              .formatted(userId, scope()));
    }
    List<String> roles =
        StreamSupport.stream(token.path("roles").spliterator(), false)
            .map(role -> role.path("name").asText(""))
            .filter(name -> !name.isBlank())
            .toList();
    return new Caller(
        Caller.requester(userId, projectId, roles),
        roles,
        token.path("user").path("name").textValue(),
        token.path("project").path("name").textValue(),
        expiresAt);
  }

  private String scope() {
    if (token.has("domain")) {
      return "a domain";
    }
    return token.has("system") ? "the system" : "nothing";
  }
}
