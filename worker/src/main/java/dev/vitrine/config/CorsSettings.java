package dev.vitrine.config;

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
  private static final Pattern ORIGIN = Pattern.compile("https?://[^\\s/?#@*]+");

  public CorsSettings {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedMethods = List.copyOf(allowedMethods);
    allowedHeaders = List.copyOf(allowedHeaders);
    exposedHeaders = List.copyOf(exposedHeaders);
  }

  static CorsSettings read(SettingsReader in) {
    String accepted = "origins such as https://dashboard.example.org, or *";
    List<String> origins = in.texts("api.cors-allowed-origins", accepted);
    boolean credentials = in.flag("api.cors-allow-credentials");
    for (String origin : origins) {
      if (!origin.equals(ANY) && !ORIGIN.matcher(origin).matches()) {
        throw in.wrong("api.cors-allowed-origins", origin, accepted);
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
