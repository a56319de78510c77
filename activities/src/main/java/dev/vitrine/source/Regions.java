package dev.vitrine.source;

import dev.vitrine.web.AddressRange;
import dev.vitrine.web.WebAccess;
import dev.vitrine.web.WebRules;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Glances of other regions, whose images may be imported.
 *
 * @param endpoints of the image API, by the region's name, without version and last slash
 * @param properties what the names of properties begin with that come along
 */
public record Regions(Map<String, URI> endpoints, List<String> properties) {

  /** There is this one. */
  public static final Regions NONE = new Regions(Map.of(), List.of());

  public Regions {
    endpoints = Map.copyOf(endpoints);
    properties = List.copyOf(properties);
  }

  /** Wherever the operator says that they are, and nowhere else. */
  WebAccess access() {
    return WebAccess.of(
        new WebRules(
            Set.of("http", "https"),
            endpoints.values().stream().map(URI::getHost).toList(),
            List.of(),
            Set.of(),
            Set.of(),
            List.of(AddressRange.of("0.0.0.0/0"), AddressRange.of("::/0")),
            List.of()));
  }
}
