package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.database.UncachedStatement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** On SQLite, in tens of instructions of its virtual machine. */
final class SqliteGrowthTest extends GrowthContract {

  private static final int INSTRUCTIONS = 10;

  @TempDir static Path folder;

  private final AtomicLong carriedOut = new AtomicLong();

  @Override
  RegistryConfig config() {
    return RegistryConfig.of("jdbc:sqlite:" + folder.resolve("registry.db"));
  }

  @Override
  long work(Handle handle) {
    // A connection has one such handler, and it is this one.
    handle.getConfig(UncachedStatement.Once.class).set(limit -> new StatementCustomizer() {});
    try {
      ProgressHandler.setHandler(
          handle.getConnection().unwrap(Connection.class),
          INSTRUCTIONS,
          new ProgressHandler() {
            @Override
            protected int progress() {
              carriedOut.incrementAndGet();
              return 0;
            }
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return carriedOut.get();
  }

  /** Nothing: it is asked without statistics. */
  @Override
  void tidy(Database database) {}

  @Override
  long slack() {
    return 10;
  }
}
