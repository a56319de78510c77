package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.remote.Credentials.Domain;
import dev.vitrine.remote.Credentials.Scope;
import dev.vitrine.remote.Credentials.User;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link RemoteSettings} from environment variables: {@code VITRINE_API} and the {@code OS_}
 * variables that the OpenStack clients read.
 */
public final class CloudEnvironment {

  private final Map<String, String> variables;

  /**
   * @param variables the environment; what is blank counts as unset
   */
  public CloudEnvironment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** Whether the environment says itself where Vitrine's API is. */
  public boolean namesVitrine() {
    return get("VITRINE_API") != null;
  }

  /** Whether the environment says where an image API or a cloud is. */
  public boolean namesCloud() {
    return namesVitrine() || get("OS_ENDPOINT") != null || get("OS_AUTH_URL") != null;
  }

  /**
   * What the environment says.
   *
   * @param api the API's URL, which goes before any variable; null if none is given
   * @return empty if neither says where the API is
   * @throws Invalid naming the variable that is missing or wrong
   */
  public Optional<RemoteSettings> settings(@Nullable String api) {
    if (api == null && !namesCloud()) {
      return Optional.empty();
    }
    String url = first(api, get("VITRINE_API"), get("OS_ENDPOINT"));
    String side = get("OS_INTERFACE");
    return Optional.of(
        new RemoteSettings(
            url == null ? null : uri(url),
            credentials(url != null),
            get("OS_REGION_NAME"),
            side == null ? "public" : side.replaceFirst("URL$", "")));
  }

  private Credentials credentials(boolean endpointKnown) {
    String type = get("OS_AUTH_TYPE");
    String token = first(get("OS_TOKEN"), get("OS_AUTH_TOKEN"));
    String authUrl = get("OS_AUTH_URL");
    if ("none".equals(type)) {
      return new Credentials.None();
    }
    if (token != null) {
      return endpointKnown || authUrl == null
          ? new Credentials.Token(token)
          : new Credentials.Rescoped(authUrl, token, scope());
    }
    if (authUrl == null) {
      return new Credentials.None();
    }
    String credentialId = get("OS_APPLICATION_CREDENTIAL_ID");
    if (credentialId != null) {
      return new Credentials.ApplicationCredential(
          authUrl, credentialId, required("OS_APPLICATION_CREDENTIAL_SECRET"));
    }
    String userId = get("OS_USER_ID");
    return new Credentials.Password(
        authUrl,
        new User(
            userId,
            userId == null ? required("OS_USERNAME") : get("OS_USERNAME"),
            domain("OS_USER_DOMAIN")),
        required("OS_PASSWORD"),
        scope());
  }

  private Scope scope() {
    return new Scope(get("OS_PROJECT_ID"), get("OS_PROJECT_NAME"), domain("OS_PROJECT_DOMAIN"));
  }

  private Domain domain(String variable) {
    return new Domain(get(variable + "_ID"), get(variable + "_NAME"));
  }

  private String required(String variable) {
    String value = get(variable);
    if (value == null) {
      throw new Invalid(
          "OS_AUTH_URL is set, and %s is not: set it, or OS_TOKEN, or OS_AUTH_TYPE=none"
              .formatted(variable));
    }
    return value;
  }

  private @Nullable String get(String variable) {
    String value = variables.get(variable);
    return value == null || value.isBlank() ? null : value;
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          "the API's URL is not one: %s"
              .formatted(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
    }
  }

  private static @Nullable String first(@Nullable String... values) {
    for (String value : values) {
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
