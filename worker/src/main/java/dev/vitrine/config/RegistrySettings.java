package dev.vitrine.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The database.
 *
 * @param url a JDBC URL
 * @param user null if the database needs none or the URL says it
 * @param poolSize connections per process, at least 1
 * @param taskTimeToLive how long a finished task is kept
 * @param imageRetention how long a deleted image's row is kept
 * @param slowTransaction what takes longer is logged; zero to log nothing
 */
public record RegistrySettings(
    String url,
    @Nullable String user,
    @Nullable Secret password,
    int poolSize,
    Duration taskTimeToLive,
    Duration imageRetention,
    Duration slowTransaction) {

  private static final int MOST_CONNECTIONS = 1000;

  static RegistrySettings read(SettingsReader in) {
    return new RegistrySettings(
        in.jdbcUrl("registry.url"),
        in.textOrNull("registry.user"),
        in.secretOrNull("registry.password", "registry.password-file"),
        in.number("registry.pool-size", 1, MOST_CONNECTIONS),
        in.duration("registry.task-time-to-live", Duration.ofMillis(1)),
        in.duration("registry.image-retention", Duration.ofMillis(1)),
        in.duration("registry.slow-transaction", Duration.ZERO));
  }

  /** The URL without its query and user information, which may hold credentials. */
  public String displayUrl() {
    return withoutCredentials(url);
  }

  static String withoutCredentials(String url) {
    return url.replaceFirst("[?;].*", "").replaceFirst("//.*@", "//");
  }

  /** Without the credentials that the URL may hold. */
  @Override
  public String toString() {
    return ("RegistrySettings[url=%s, user=%s, poolSize=%d, taskTimeToLive=%s, imageRetention=%s,"
            + " slowTransaction=%s]")
        .formatted(displayUrl(), user, poolSize, taskTimeToLive, imageRetention, slowTransaction);
  }
}
