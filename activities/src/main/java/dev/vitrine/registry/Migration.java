package dev.vitrine.registry;

import dev.vitrine.error.VitrineException.Invalid;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date, on connections of its own, before the pool opens. */
record Migration(RegistryConfig config, Dialect dialect, Errors errors) {

  void run() {
    Flyway flyway =
        Flyway.configure(Migration.class.getClassLoader())
            .dataSource(config.url(), config.user(), config.password())
            .jdbcProperties(dialect.connectionProperties())
            .locations("classpath:" + dialect.migrations())
            .table("vitrine_schema_history")
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
    Invalid invalid =
        new Invalid(
            "the registry at %s can't be brought up to date: %s"
                .formatted(config.displayUrl(), errors.text(e)));
    invalid.initCause(e);
    return invalid;
  }
}
