package dev.vitrine.web;

import java.time.Duration;
import java.util.List;

/**
 * How the web is reached.
 *
 * @param rules which URLs may be read
 * @param resolver finds the addresses that are then checked and connected to
 * @param pauses between the tries to reach a source that can't be reached; there is one try more
 */
public record WebAccess(WebRules rules, HostResolver resolver, List<Duration> pauses) {

  public WebAccess {
    pauses = List.copyOf(pauses);
  }

  /** Four tries within ten seconds, the machine's own resolver. */
  public static WebAccess of(WebRules rules) {
    return new WebAccess(
        rules,
        HostResolver.SYSTEM,
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)));
  }
}
