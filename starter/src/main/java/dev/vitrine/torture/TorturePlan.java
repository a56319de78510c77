package dev.vitrine.torture;

import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.error.VitrineException.Invalid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done.
 *
 * @param seed of everything that is chosen: work and harm; what meets what is the machine's chance
 * @param duration of the harm; the start and the calm afterwards come on top
 * @param calm how long everything may take to come to rest afterwards
 * @param directory for everything that is kept: stores, logs, Temporal's database
 * @param registry an empty PostgreSQL database, {@code jdbc:postgresql:…}
 * @param restartRegistry restarts the database, and returns when it answers; null if it can't be
 * @param bucket a bucket for a third store; null for none
 * @param temporal the {@code temporal} program
 * @param progress is told what is going on
 */
public record TorturePlan(
    long seed,
    Duration duration,
    Duration calm,
    Path directory,
    String registry,
    @Nullable Runnable restartRegistry,
    @Nullable S3Place bucket,
    Path temporal,
    Consumer<String> progress) {

  public TorturePlan {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
      throw new Invalid(
          "duration %s: give more than nothing and at most a day".formatted(duration));
    }
    requirePostgresql(registry);
  }

  /**
   * Several processes on one registry take a server.
   *
   * @throws Invalid if that is none
   */
  public static void requirePostgresql(String registry) {
    if (!registry.startsWith("jdbc:postgresql:")) {
      throw new Invalid(
          "registry '%s': give an empty PostgreSQL database, jdbc:postgresql://HOST/DATABASE"
              .formatted(DatabaseConfig.of(registry).displayUrl()));
    }
  }
}
