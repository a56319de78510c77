package dev.vitrine.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections, the clock, and what runs on them: reads, and transactions that write. */
public final class Database implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /**
   * Each round somebody else's change went through, so so many rounds are lost only to a fault or
   * to as many changes of one row at once.
   */
  private static final int ROUNDS = 100;

  private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(15);

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Clock clock;
  private final Dialect dialect;
  private final DatabaseErrors errors;
  private final SlowTransactions slow;
  private final WriterTurns turns;

  private Database(
      HikariDataSource pool,
      Clock clock,
      Dialect dialect,
      DatabaseErrors errors,
      SlowTransactions slow) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.clock = clock;
    this.dialect = dialect;
    this.errors = errors;
    this.slow = slow;
    this.turns = new WriterTurns(dialect.backgroundWriters(pool.getMaximumPoolSize()));
    dialect.configure(jdbi);
  }

  /**
   * Brings the schema up to date and opens connections. Several processes may do so at once.
   *
   * @param migrations their folder on the class path, which has one for each database
   * @param table that notes which migrations have been made
   * @throws VitrineException unavailable if the database does not answer; invalid if its schema
   *     can't be brought up to date
   */
  public static Database open(DatabaseConfig config, String migrations, String table, Clock clock) {
    return open(config, migrations, table, clock, System::nanoTime);
  }

  /** The same with a clock of its own for what is slow. */
  static Database open(
      DatabaseConfig config, String migrations, String table, Clock clock, LongSupplier nanoTime) {
    Dialect dialect = config.isSqlite() ? new SqliteDialect() : new PostgresDialect();
    DatabaseErrors errors = new DatabaseErrors(config, dialect);
    dialect.prepare(config);
    new Migration(config, migrations, table, dialect, errors).run();
    return connect(
        config, clock, dialect, errors, new SlowTransactions(config.slowTransaction(), nanoTime));
  }

  private static Database connect(
      DatabaseConfig config,
      Clock clock,
      Dialect dialect,
      DatabaseErrors errors,
      SlowTransactions slow) {
    HikariConfig settings = new HikariConfig();
    settings.setPoolName("vitrine-registry");
    settings.setJdbcUrl(config.url());
    settings.setUsername(config.user());
    settings.setPassword(config.password());
    settings.setMaximumPoolSize(config.poolSize());
    settings.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    dialect.connectionProperties().forEach(settings::addDataSourceProperty);
    try {
      return new Database(new HikariDataSource(settings), clock, dialect, errors, slow);
    } catch (PoolInitializationException e) {
      throw errors.translate(e);
    }
  }

  /**
   * Measures how long connections are waited for and used, and how many there are.
   *
   * @param meters a registry of meters of a kind that the pool knows
   */
  public void measureBy(Object meters) {
    pool.setMetricRegistry(meters);
  }

  /** The present moment as the database keeps it: to the microsecond. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Keeps other transactions that lock the same name out until this one ends. */
  public void lock(Handle handle, String name) {
    dialect.lock(handle, name);
  }

  /**
   * Who may have written to a table in a transaction that has not ended; the same one has the same
   * name until it has.
   */
  public Set<String> writers(String table) {
    try {
      return dialect.writers(jdbi, table);
    } catch (RuntimeException e) {
      throw errors.translate(e);
    }
  }

  /**
   * Runs what only reads, on a connection of its own.
   *
   * @param name for the log, if it is slow or each is traced
   */
  public <R> R read(String name, HandleCallback<R, RuntimeException> work) {
    log.trace("read: {}", name);
    long begun = slow.begun();
    try {
      return jdbi.withHandle(work);
    } catch (RuntimeException e) {
      throw errors.translate(e);
    } finally {
      slow.ended(name, begun, 1);
    }
  }

  /**
   * Runs a transaction, again from its beginning if it lost against another one.
   *
   * @param name for the log, if it is slow or each is traced
   */
  public <R> R transaction(String name, HandleCallback<R, RuntimeException> work) {
    log.trace("transaction: {}", name);
    long begun = slow.begun();
    int round = 1;
    try {
      for (; ; round++) {
        try {
          return turns.run(() -> dialect.inTransaction(jdbi, work));
        } catch (RuntimeException e) {
          if (!errors.isLostRace(e)) {
            throw errors.translate(e);
          }
          if (round == ROUNDS) {
            throw gaveUp(e);
          }
        }
      }
    } finally {
      slow.ended(name, begun, round);
    }
  }

  private Unavailable gaveUp(RuntimeException lost) {
    return VitrineException.because(
        lost,
        new Unavailable(
            "the registry gave up after %d rounds against other changes: %s"
                .formatted(ROUNDS, errors.text(lost))));
  }

  @Override
  public void close() {
    pool.close();
  }
}
