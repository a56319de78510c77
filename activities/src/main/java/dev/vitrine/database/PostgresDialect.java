package dev.vitrine.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

/** PostgreSQL: {@code timestamptz} and {@code uuid}, in read-committed transactions. */
final class PostgresDialect implements Dialect {

  /** Serialisation failure, deadlock, and another's insert of the same key. */
  private static final Set<String> LOST_RACES = Set.of("40001", "40P01", "23505");

  /** Shutdown, crash or start of the server, a wrong password, an unknown database, read-only. */
  private static final Set<String> UNAVAILABLE =
      Set.of("57P01", "57P02", "57P03", "28000", "28P01", "3D000", "25006");

  @Override
  public String folder() {
    return "postgresql";
  }

  /** Flyway lets one process migrate and the others wait. */
  @Override
  public int migrationAttempts() {
    return 1;
  }

  @Override
  public Map<String, String> connectionProperties() {
    return Map.of("ApplicationName", "vitrine");
  }

  @Override
  public void configure(Jdbi jdbi) {
    jdbi.registerArgument(new InstantArgument());
    jdbi.registerArgument(new UuidArgument());
    jdbi.registerColumnMapper(
        Instant.class,
        (rs, column, ctx) -> {
          OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
          return at == null ? null : at.toInstant();
        });
    jdbi.define("json_object", "json_object_agg");
    jdbi.define("json_array", "json_agg");
    jdbi.define("text_order", "collate \"C\"");
    jdbi.define("for_update", "for update");
    jdbi.getConfig(UncachedStatement.Once.class).set(PlannedOnce::new);
  }

  @Override
  public <R> R inTransaction(Jdbi jdbi, HandleCallback<R, RuntimeException> work) {
    return jdbi.inTransaction(work);
  }

  /** All connections but a fifth. */
  @Override
  public int backgroundWriters(int connections) {
    return Math.max(1, connections - Math.max(1, connections / 5));
  }

  /** An advisory lock. Two names that hash alike wait for one another. */
  @Override
  public void lock(Handle handle, String name) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended('vitrine ' || :name, 0))")
        .bind("name", name)
        .map((rs, ctx) -> name)
        .one();
  }

  /**
   * A statement that inserts takes its lock before it takes numbers, and the lock goes after the
   * end of its transaction can be seen.
   */
  @Override
  public Set<String> writers(Jdbi jdbi, String table) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select virtualtransaction from pg_locks
                     where locktype = 'relation' and granted
                       and database = (select oid from pg_database where datname = current_database())
                       and relation = cast(:table as regclass)
                       and mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                                    'AccessExclusiveLock')
                    """)
                .bind("table", table)
                .mapTo(String.class)
                .set());
  }

  @Override
  public boolean isUnavailable(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return error instanceof SQLTransientConnectionException
        || error instanceof SQLNonTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("53")
        || UNAVAILABLE.contains(state);
  }

  @Override
  public boolean isTimeout(SQLException error) {
    return "57014".equals(error.getSQLState());
  }

  @Override
  public boolean isLostRace(SQLException error) {
    return LOST_RACES.contains(String.valueOf(error.getSQLState()));
  }

  @Override
  public boolean isRefusedValue(SQLException error) {
    return String.valueOf(error.getSQLState()).startsWith("22");
  }

  /** Is planned for its values, and cancelled at the end of the limit. */
  private record PlannedOnce(Duration limit) implements StatementCustomizer {
    @Override
    public void beforeExecution(PreparedStatement statement, StatementContext context)
        throws SQLException {
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      statement.setQueryTimeout(Math.toIntExact(limit.toSeconds()));
    }
  }

  private static final class InstantArgument extends AbstractArgumentFactory<Instant> {
    InstantArgument() {
      super(Types.TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    protected Argument build(Instant value, ConfigRegistry config) {
      return (position, statement, ctx) ->
          statement.setObject(position, value.atOffset(ZoneOffset.UTC));
    }
  }

  private static final class UuidArgument extends AbstractArgumentFactory<UUID> {
    UuidArgument() {
      super(Types.OTHER);
    }

    @Override
    protected Argument build(UUID value, ConfigRegistry config) {
      return (position, statement, ctx) -> statement.setObject(position, value);
    }
  }
}
