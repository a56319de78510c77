package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.database.DatabaseConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;

/** On PostgreSQL, in rows and entries of indexes that it reads. */
final class PostgresGrowthIT extends GrowthContract {

  private final EmbeddedPostgres server;

  PostgresGrowthIT() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @Override
  RegistryConfig config() {
    String url = server.getJdbcUrl("postgres", "postgres");
    return RegistryConfig.of(new DatabaseConfig(url, "postgres", "postgres", 2));
  }

  @Override
  long work(Handle handle) {
    return handle
        .createQuery(
            """
            select sum(pg_stat_get_xact_tuples_returned(c.oid) + pg_stat_get_xact_tuples_fetched(c.oid))
              from pg_class c
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i')
            """)
        .mapTo(Long.class)
        .one();
  }

  @Override
  void tidy(Database database) {
    database.read("test", handle -> handle.execute("vacuum analyze"));
  }

  @Override
  long slack() {
    return 50;
  }

  @AfterAll
  void stopServer() throws IOException {
    server.close();
  }
}
