package dev.vitrine.config;

import dev.vitrine.error.VitrineException.Invalid;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which pages of other origins a browser lets call the API.
 *
 * @param allowedOrigins {@code https://dashboard.example.org}, or {@code *}; none if empty
 * @param allowedMethods that they may use
 * @param allowedHeaders that they may send
 * @param exposedHeaders that they may see
 * @param maxAge how long a browser may remember that
 * @param allowCredentials whether cookies and the like come along
 */
public record CorsSettings(
    List<String> allowedOrigins,
    List<String> allowedMethods,
    List<String> allowedHeaders,
    List<String> exposedHeaders,
    Duration maxAge,
    boolean allowCredentials) {

  private static final String ANY = "*";
  private static final String ACCEPTED = "origins such as https://dashboard.example.org, or *";
  private static final Pattern ORIGIN = Pattern.compile("https?://[^\\s/?#@*]+");

  public CorsSettings {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedMethods = List.copyOf(allowedMethods);
    allowedHeaders = List.copyOf(allowedHeaders);
    exposedHeaders = List.copyOf(exposedHeaders);
  }

  /**
   * The same for other origins.
   *
   * @throws Invalid if one of them is no origin
   */
  public CorsSettings withOrigins(List<String> origins) {
    for (String origin : origins) {
      if (!origin.equals(ANY) && !ORIGIN.matcher(origin).matches()) {
        throw new Invalid("'%s' is no origin: give %s".formatted(origin, ACCEPTED));
      }
    }
    return new CorsSettings(
        origins, allowedMethods, allowedHeaders, exposedHeaders, maxAge, allowCredentials);
  }

  static CorsSettings read(SettingsReader in) {
    List<String> origins = in.texts("api.cors-allowed-origins", ACCEPTED);
    boolean credentials = in.flag("api.cors-allow-credentials");
    for (String origin : origins) {
      if (!origin.equals(ANY) && !ORIGIN.matcher(origin).matches()) {
        throw in.wrong("api.cors-allowed-origins", origin, ACCEPTED);
      }
      if (origin.equals(ANY) && credentials) {
        throw in.wrong(
            "api.cors-allowed-origins",
            origin,
            "the origins by name: with credentials, any page could act for who looks at it");
      }
    }
    return new CorsSettings(
        origins,
        in.texts("api.cors-allowed-methods", "methods"),
        in.texts("api.cors-allowed-headers", "names of headers"),
        in.texts("api.cors-exposed-headers", "names of headers"),
        in.duration("api.cors-max-age", Duration.ZERO),
        credentials);
  }
}
