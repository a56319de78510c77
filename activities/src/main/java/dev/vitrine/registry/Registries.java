package dev.vitrine.registry;

import dev.vitrine.error.VitrineException;
import java.time.Clock;

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
    Dialect dialect =
        config.url().startsWith(RegistryConfig.SQLITE)
            ? new SqliteDialect()
            : new PostgresDialect();
    Errors errors = new Errors(config, dialect);
    dialect.prepare(config.url());
    new Migration(config, dialect, errors).run();
    Database database = Database.open(config, clock, dialect, errors);
    try {
      new InstallationChanges(database).make();
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return new JdbiRegistry(database, config);
  }
}
