package dev.vitrine.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An empty database in PostgreSQL. All of them are in one server, that starts with the first one
 * and ends with this JVM: to create a database takes a tenth of a second, and a server seconds.
 */
final class Database implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "vitrine_" + COUNT.incrementAndGet();

  Database() throws IOException {
    try {
      execute("create database " + name);
    } catch (SQLException e) {
      throw new IOException("creating the database " + name, e);
    }
  }

  /** The server, for all classes of tests in this JVM. */
  private static final class Server {

    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void execute(String statement) throws SQLException {
    try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
        Statement administration = connection.createStatement()) {
      administration.execute(statement);
    }
  }

  /** With the user in it. */
  String url() {
    return Server.POSTGRES.getJdbcUrl("postgres", name);
  }

  Connection connect() throws SQLException {
    return Server.POSTGRES.getDatabase("postgres", name).getConnection();
  }

  /** Ends the connections that there are still. */
  @Override
  public void close() throws IOException {
    try {
      execute("drop database %s with (force)".formatted(name));
    } catch (SQLException e) {
      throw new IOException("dropping the database " + name, e);
    }
  }
}
