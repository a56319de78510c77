package dev.vitrine.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/**
 * Which pages of other origins may call, and what they may send and see. Source: the Fetch
 * standard.
 *
 * @param origins {@code https://dashboard.example.org}, or {@code *} for all
 * @param methods that they may use
 * @param allowedHeaders that they may send
 * @param exposedHeaders that they may see
 * @param maxAge how long a browser may remember that
 * @param credentials whether cookies and the like come along
 */
public record CorsPolicy(
    List<String> origins,
    List<String> methods,
    List<String> allowedHeaders,
    List<String> exposedHeaders,
    Duration maxAge,
    boolean credentials) {

  private static final String ANY = "*";

  /** Whether pages of that origin may call. */
  boolean allows(String origin) {
    return origins.contains(ANY) || origins.contains(origin);
  }

  /** What says so in answers; requests of others are answered as well, without a word of it. */
  CrossOriginHandler handler() {
    CrossOriginHandler handler = new CrossOriginHandler();
    handler.setAllowedOriginPatterns(
        origins.contains(ANY)
            ? Set.of(ANY)
            : origins.stream().map(Pattern::quote).collect(Collectors.toSet()));
    handler.setAllowedMethods(Set.copyOf(methods));
    handler.setAllowedHeaders(Set.copyOf(allowedHeaders));
    handler.setExposedHeaders(Set.copyOf(exposedHeaders));
    handler.setPreflightMaxAge(maxAge);
    handler.setAllowCredentials(credentials);
    handler.setDeliverPreflightRequests(true);
    handler.setDeliverNonAllowedOriginRequests(true);
    return handler;
  }
}
