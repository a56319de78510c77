package dev.vitrine.database;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to date, on connections of its own, before the pool opens.
 *
 * @param folder of the migrations on the class path, each database's in a folder of its own
 * @param table that notes which have been made
 */
record Migration(
    DatabaseConfig config, String folder, String table, Dialect dialect, DatabaseErrors errors) {

  void run() {
    Flyway flyway =
        Flyway.configure(Migration.class.getClassLoader())
            .dataSource(config.url(), config.user(), config.password())
            .jdbcProperties(dialect.connectionProperties())
            .locations("classpath:" + folder + "/" + dialect.folder())
            .table(table)
            .load();
    for (int attempt = 1; ; attempt++) {
      try {
        flyway.migrate();
        return;
      } catch (FlywayException e) {
        if (attempt == dialect.migrationAttempts()) {
          throw explain(e);
        }
      }
    }
  }

  private RuntimeException explain(FlywayException e) {
    RuntimeException known = errors.translate(e);
    if (known != e) {
      return known;
    }
    return VitrineException.because(
        e,
        new Invalid(
            "the registry at %s can't be brought up to date: %s"
                .formatted(config.displayUrl(), errors.text(e))));
  }
}
