package dev.vitrine.registry.sql;

import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.error.VitrineException.Invalid;
import java.time.Duration;

/**
 * Where the registry is and how long it keeps what is over.
 *
 * @param database where it is kept
 * @param taskTimeToLive how long a finished task is kept; 48 hours if null
 * @param imageRetention how long a deleted image's row is kept; 30 days if null
 * @param keyTimeToLive how long an idempotency key stands for what it was given with; 24 hours if
 *     null
 * @param stagingTime how long staged data waits for its import; 24 hours if null
 * @param webhookRetention how long a dead letter of a webhook is kept, and the place of one that is
 *     told nothing any more; 30 days if null
 * @param limits what an image and a project may have; {@link Limits#DEFAULT} if null
 */
public record RegistryConfig(
    DatabaseConfig database,
    Duration taskTimeToLive,
    Duration imageRetention,
    Duration keyTimeToLive,
    Duration stagingTime,
    Duration webhookRetention,
    Limits limits) {

  /** Glance's {@code task_time_to_live}. */
  public static final Duration DEFAULT_TASK_TIME_TO_LIVE = Duration.ofDays(2);

  /** Glance's {@code db purge --age_in_days}. */
  public static final Duration DEFAULT_IMAGE_RETENTION = Duration.ofDays(30);

  /** Longer than any client goes on trying. */
  public static final Duration DEFAULT_KEY_TIME_TO_LIVE = Duration.ofDays(1);

  /** As long as a client may be away between staging and importing. */
  public static final Duration DEFAULT_STAGING_TIME = Duration.ofDays(1);

  /** As long as somebody may take to mend a receiver, and to send again what it has missed. */
  public static final Duration DEFAULT_WEBHOOK_RETENTION = Duration.ofDays(30);

  @SuppressWarnings("ConstantValue")
  public RegistryConfig {
    taskTimeToLive = taskTimeToLive == null ? DEFAULT_TASK_TIME_TO_LIVE : taskTimeToLive;
    imageRetention = imageRetention == null ? DEFAULT_IMAGE_RETENTION : imageRetention;
    keyTimeToLive = keyTimeToLive == null ? DEFAULT_KEY_TIME_TO_LIVE : keyTimeToLive;
    stagingTime = stagingTime == null ? DEFAULT_STAGING_TIME : stagingTime;
    webhookRetention = webhookRetention == null ? DEFAULT_WEBHOOK_RETENTION : webhookRetention;
    limits = limits == null ? Limits.DEFAULT : limits;
    requirePositive("task-time-to-live", taskTimeToLive);
    requirePositive("image-retention", imageRetention);
    requirePositive("key-time-to-live", keyTimeToLive);
    requirePositive("staging-time", stagingTime);
    requirePositive("webhook-retention", webhookRetention);
  }

  /** The registry at that URL, everything else by default. */
  public static RegistryConfig of(String url) {
    return of(DatabaseConfig.of(url));
  }

  /** The registry in that database, everything else by default. */
  public static RegistryConfig of(DatabaseConfig database) {
    return new RegistryConfig(
        database,
        DEFAULT_TASK_TIME_TO_LIVE,
        DEFAULT_IMAGE_RETENTION,
        DEFAULT_KEY_TIME_TO_LIVE,
        DEFAULT_STAGING_TIME,
        DEFAULT_WEBHOOK_RETENTION,
        Limits.DEFAULT);
  }

  /** The same with other limits. */
  public RegistryConfig withLimits(Limits other) {
    return new RegistryConfig(
        database,
        taskTimeToLive,
        imageRetention,
        keyTimeToLive,
        stagingTime,
        webhookRetention,
        other);
  }

  private static void requirePositive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new Invalid("registry %s %s: give a duration above zero".formatted(key, value));
    }
  }
}
