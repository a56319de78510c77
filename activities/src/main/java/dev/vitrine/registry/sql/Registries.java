package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.error.VitrineException;
import dev.vitrine.registry.Registry;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Opens registries. */
public final class Registries {

  private Registries() {}

  /**
   * Brings the database's schema up to date and opens it; a new one becomes an installation.
   * Several processes may do so at once.
   *
   * @param clock gives the times of changes and decides what has expired
   * @throws VitrineException unavailable if the database does not answer; invalid if its schema
   *     can't be brought up to date
   */
  public static Registry open(RegistryConfig config, Clock clock) {
    return open(config, clock, null);
  }

  /**
   * The same, measured.
   *
   * @param meters a registry of meters that the connection pool knows; null for no measurements
   */
  public static Registry open(RegistryConfig config, Clock clock, @Nullable Object meters) {
    Database database = database(config.database(), clock);
    if (meters != null) {
      database.measureBy(meters);
    }
    try {
      new SqlInstallations(database).make();
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return SqlRegistry.of(database, config);
  }

  /** The database of a registry, with its schema up to date. */
  static Database database(DatabaseConfig config, Clock clock) {
    return Database.open(config, "db/vitrine", "vitrine_schema_history", clock);
  }
}
