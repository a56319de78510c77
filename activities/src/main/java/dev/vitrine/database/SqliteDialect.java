package dev.vitrine.database;

import dev.vitrine.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite: one writer at a time, readers undisturbed (WAL), every commit on the disk.
 *
 * <p>A transaction begins {@code immediate}: one that read first and wrote later would fail with
 * "database is locked" instead of waiting. The statement is given by hand because the driver, told
 * to begin transactions so, begins the next one within the commit of the last.
 */
final class SqliteDialect implements Dialect {

  private static final Logger log = LoggerFactory.getLogger(SqliteDialect.class);

  private static final Set<SQLiteErrorCode> UNAVAILABLE =
      Set.of(
          SQLiteErrorCode.SQLITE_BUSY,
          SQLiteErrorCode.SQLITE_LOCKED,
          SQLiteErrorCode.SQLITE_CANTOPEN,
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_READONLY,
          SQLiteErrorCode.SQLITE_PERM);

  /**
   * The writers of this process queue here, in order; SQLite itself makes waiting writers poll, and
   * that remains for other processes.
   */
  private final ReentrantLock writer = new ReentrantLock(true);

  /**
   * Makes the file before SQLite does, for its owner alone; what SQLite keeps beside it takes over
   * who may use it.
   */
  @Override
  public void prepare(DatabaseConfig config) {
    String file = config.sqliteFile();
    if (file.isEmpty() || file.startsWith(":") || file.startsWith("file:")) {
      return;
    }
    try {
      OwnerOnly.createFileIfMissing(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      // SQLite says in its own words why there can be no such file.
      log.debug("{} was not made before the database is", file, e);
    }
  }

  @Override
  public String folder() {
    return "sqlite";
  }

  /**
   * Flyway has no lock between processes here. An attempt is lost to a step that another process
   * made, so so many are enough for some processes and every migration there is.
   */
  @Override
  public int migrationAttempts() {
    return 50;
  }

  @Override
  public Map<String, String> connectionProperties() {
    return Map.of(
        "journal_mode", "WAL",
        "busy_timeout", "30000",
        "foreign_keys", "true",
        "synchronous", "FULL");
  }

  @Override
  public void configure(Jdbi jdbi) {
    jdbi.registerArgument(new TextArgument<Instant>(TextTimestamp::write) {});
    jdbi.registerArgument(new TextArgument<UUID>(UUID::toString) {});
    jdbi.registerColumnMapper(
        Instant.class,
        (rs, column, ctx) -> {
          String at = rs.getString(column);
          return at == null ? null : TextTimestamp.read(at);
        });
    jdbi.define("json_object", "json_group_object");
    jdbi.define("json_array", "json_group_array");
    jdbi.define("text_order", "");
    jdbi.define("for_update", "");
    jdbi.getConfig(UncachedStatement.Once.class).set(Watched::new);
  }

  @Override
  public <R> R inTransaction(Jdbi jdbi, HandleCallback<R, RuntimeException> work) {
    if (writer.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction in a transaction would wait for itself");
    }
    writer.lock();
    try (Handle handle = jdbi.open()) {
      handle.execute("begin immediate");
      try {
        R result = work.withHandle(handle);
        handle.execute("commit");
        return result;
      } catch (RuntimeException | Error e) {
        rollBack(handle, e);
        throw e;
      }
    } finally {
      writer.unlock();
    }
  }

  /** The next one, and all others that a client waits for go between. */
  @Override
  public int backgroundWriters(int connections) {
    return 1;
  }

  /** There is only one transaction that writes. */
  @Override
  public void lock(Handle handle, String name) {}

  /** There is only one transaction that writes, and numbers are in the order of their ends. */
  @Override
  public Set<String> writers(Jdbi jdbi, String table) {
    return Set.of();
  }

  private static void rollBack(Handle handle, Throwable reason) {
    try {
      handle.execute("rollback");
    } catch (RuntimeException e) {
      // Some errors roll back by themselves, and then there is nothing left to do so.
      reason.addSuppressed(e);
    }
  }

  @Override
  public boolean isUnavailable(SQLException error) {
    return error instanceof SQLTransientConnectionException
        || UNAVAILABLE.contains(SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff));
  }

  @Override
  public boolean isTimeout(SQLException error) {
    return SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff)
        == SQLiteErrorCode.SQLITE_INTERRUPT;
  }

  @Override
  public boolean isLostRace(SQLException error) {
    return false;
  }

  @Override
  public boolean isRefusedValue(SQLException error) {
    return SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff)
        == SQLiteErrorCode.SQLITE_TOOBIG;
  }

  /** Looks at the clock now and then, and gives up at the end of the limit. */
  private record Watched(Duration limit) implements StatementCustomizer {

    /** Between two looks: a fraction of a millisecond. */
    private static final int INSTRUCTIONS = 10_000;

    @Override
    public void beforeExecution(PreparedStatement statement, StatementContext context)
        throws SQLException {
      Connection connection = statement.getConnection().unwrap(SQLiteConnection.class);
      long end = System.nanoTime() + limit.toNanos();
      ProgressHandler.setHandler(
          connection,
          INSTRUCTIONS,
          new ProgressHandler() {
            @Override
            protected int progress() {
              return System.nanoTime() - end < 0 ? 0 : 1;
            }
          });
      context.addCleanable(() -> ProgressHandler.clearHandler(connection));
    }
  }

  private abstract static class TextArgument<T> extends AbstractArgumentFactory<T> {
    private final Function<T, String> text;

    TextArgument(Function<T, String> text) {
      super(Types.VARCHAR);
      this.text = text;
    }

    @Override
    protected Argument build(T value, ConfigRegistry config) {
      return (position, statement, ctx) -> statement.setString(position, text.apply(value));
    }
  }
}
