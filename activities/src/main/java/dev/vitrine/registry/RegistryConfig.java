package dev.vitrine.registry;

import dev.vitrine.error.VitrineException.Invalid;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry is and how long it keeps what is over.
 *
 * @param url {@code jdbc:postgresql:} or {@code jdbc:sqlite:} with a file
 * @param user null if the URL or the database needs none
 * @param password never printed; null if none is needed
 * @param poolSize connections of this process, at least 1
 * @param taskTimeToLive how long a finished task is kept; 48 hours if null
 * @param imageRetention how long a deleted image's row is kept; 30 days if null
 * @param keyTimeToLive how long an idempotency key stands for what it was given with; 24 hours if
 *     null
 * @param limits what an image and a project may have; {@link Limits#DEFAULT} if null
 */
public record RegistryConfig(
    String url,
    @Nullable String user,
    @Nullable String password,
    int poolSize,
    Duration taskTimeToLive,
    Duration imageRetention,
    Duration keyTimeToLive,
    Limits limits) {

  /** Glance's {@code task_time_to_live}. */
  public static final Duration DEFAULT_TASK_TIME_TO_LIVE = Duration.ofDays(2);

  /** Glance's {@code db purge --age_in_days}. */
  public static final Duration DEFAULT_IMAGE_RETENTION = Duration.ofDays(30);

  /** Longer than any client goes on trying. */
  public static final Duration DEFAULT_KEY_TIME_TO_LIVE = Duration.ofDays(1);

  /** Enough for a process whose changes take about a millisecond each. */
  public static final int DEFAULT_POOL_SIZE = 10;

  static final String SQLITE = "jdbc:sqlite:";
  static final String POSTGRESQL = "jdbc:postgresql:";

  private static final Pattern USER_INFORMATION = Pattern.compile("//[^/@]*@");

  @SuppressWarnings("ConstantValue")
  public RegistryConfig {
    taskTimeToLive = taskTimeToLive == null ? DEFAULT_TASK_TIME_TO_LIVE : taskTimeToLive;
    imageRetention = imageRetention == null ? DEFAULT_IMAGE_RETENTION : imageRetention;
    keyTimeToLive = keyTimeToLive == null ? DEFAULT_KEY_TIME_TO_LIVE : keyTimeToLive;
    limits = limits == null ? Limits.DEFAULT : limits;
    if (url == null || !(url.startsWith(SQLITE) || url.startsWith(POSTGRESQL))) {
      throw new Invalid(
          "registry url '%s': give jdbc:sqlite:<file> or jdbc:postgresql://<host>/<database>"
              .formatted(url == null ? "" : display(url)));
    }
    if (url.startsWith(SQLITE) && !namesFile(url)) {
      throw new Invalid(
          "registry url '%s': give a file, jdbc:sqlite:/var/lib/vitrine/registry.db for example;"
                  .formatted(display(url))
              + " a database in memory would be another one for every connection");
    }
    if (poolSize < 1) {
      throw new Invalid("registry pool-size %d: give 1 or more".formatted(poolSize));
    }
    requirePositive("task-time-to-live", taskTimeToLive);
    requirePositive("image-retention", imageRetention);
    requirePositive("key-time-to-live", keyTimeToLive);
  }

  /** The registry at that URL, everything else by default. */
  public static RegistryConfig of(String url) {
    return new RegistryConfig(
        url,
        null,
        null,
        DEFAULT_POOL_SIZE,
        DEFAULT_TASK_TIME_TO_LIVE,
        DEFAULT_IMAGE_RETENTION,
        DEFAULT_KEY_TIME_TO_LIVE,
        Limits.DEFAULT);
  }

  /** The same with other limits. */
  public RegistryConfig withLimits(Limits other) {
    return new RegistryConfig(
        url, user, password, poolSize, taskTimeToLive, imageRetention, keyTimeToLive, other);
  }

  /** The URL without its parameters and user information, which may hold credentials. */
  public String displayUrl() {
    return display(url);
  }

  @Override
  public String toString() {
    return "RegistryConfig[url=%s, user=%s, password=%s, poolSize=%d, taskTimeToLive=%s, imageRetention=%s, keyTimeToLive=%s, limits=%s]"
        .formatted(
            displayUrl(),
            user,
            password == null ? "none" : "***",
            poolSize,
            taskTimeToLive,
            imageRetention,
            keyTimeToLive,
            limits);
  }

  private static boolean namesFile(String url) {
    String file = display(url).substring(SQLITE.length());
    return !file.isBlank() && !file.contains(":memory:") && !url.contains("mode=memory");
  }

  private static String display(String url) {
    int query = url.indexOf('?');
    String bare = query < 0 ? url : url.substring(0, query);
    return USER_INFORMATION.matcher(bare).replaceFirst("//");
  }

  private static void requirePositive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new Invalid("registry %s %s: give a duration above zero".formatted(key, value));
    }
  }
}
