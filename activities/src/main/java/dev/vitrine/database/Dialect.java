package dev.vitrine.database;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** What differs between the databases; everything else is SQL that both understand. */
sealed interface Dialect permits SqliteDialect, PostgresDialect {

  /** Before the first connection. */
  default void prepare(DatabaseConfig config) {}

  /** Whose migrations are its own. */
  String folder();

  /** How often a migration is tried, where another process's can make it fail. */
  int migrationAttempts();

  /** What its driver is told at every connection. */
  Map<String, String> connectionProperties();

  /**
   * Says how instants and UUIDs are bound and read, how its JSON aggregates are called, how text is
   * put in the order of its code points, which is the same on every database, what an {@link
   * UncachedStatement} is told, and how a row is locked, where a transaction that writes doesn't
   * keep the others out anyway.
   */
  void configure(Jdbi jdbi);

  /** Runs a transaction that writes; rolled back if the work throws. */
  <R> R inTransaction(Jdbi jdbi, HandleCallback<R, RuntimeException> work);

  /**
   * How many transactions of the background may be under way or wait for the database at once.
   *
   * @param connections there are
   */
  int backgroundWriters(int connections);

  /** Keeps other transactions that lock the same name out until this one ends. */
  void lock(Handle handle, String name);

  /**
   * Who may have written to a table in a transaction that has not ended, by a name that no other
   * transaction has. Whoever has written and is not among them has ended, and can be seen.
   */
  Set<String> writers(Jdbi jdbi, String table);

  /** Whether the database can't be had at present: not reachable, locked, full of connections. */
  boolean isUnavailable(SQLException error);

  /** Whether a statement took longer than it may. */
  boolean isTimeout(SQLException error);

  /** Whether the transaction lost against another one and may win if run again. */
  boolean isLostRace(SQLException error);

  /** Whether the database can't represent a value that it was given. */
  boolean isRefusedValue(SQLException error);
}
