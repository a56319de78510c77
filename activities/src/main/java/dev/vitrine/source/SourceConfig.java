package dev.vitrine.source;

import dev.vitrine.process.SourceKey;
import dev.vitrine.web.WebAccess;
import dev.vitrine.web.WebRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sources may be read, and how.
 *
 * @param roots directories below which {@code file} URLs may be read; none by default
 * @param connectTimeout for the connection to a web source
 * @param readTimeout how long a source may send nothing before its reading is given up
 * @param web which web sources may be read, and how they are reached
 * @param key opens query strings that came sealed with a workflow; null if only those that the
 *     registry keeps are opened
 * @param regions the Glances of other regions
 */
public record SourceConfig(
    List<Path> roots,
    Duration connectTimeout,
    Duration readTimeout,
    WebAccess web,
    @Nullable SourceKey key,
    Regions regions) {

  public SourceConfig {
    roots = List.copyOf(roots);
  }

  /** No roots, public web sources, 10 s to connect, 60 s without a byte. */
  public static SourceConfig defaults() {
    return new SourceConfig(
        List.of(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        WebAccess.of(WebRules.defaults()),
        null,
        Regions.NONE);
  }
}
