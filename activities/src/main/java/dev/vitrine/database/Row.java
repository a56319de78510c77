package dev.vitrine.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result, read by column names. Where null is not spoken of, a column that is null is a
 * fault of the program.
 */
public record Row(ResultSet rs, StatementContext ctx) {

  /** Text. */
  public String text(String column) throws SQLException {
    return present(column, rs.getString(column));
  }

  /** Text, or null. */
  public @Nullable String textOrNull(String column) throws SQLException {
    return rs.getString(column);
  }

  /** An id, whatever type the database has for it. */
  public UUID uuid(String column) throws SQLException {
    return UUID.fromString(text(column));
  }

  /** An id, or null. */
  public @Nullable UUID uuidOrNull(String column) throws SQLException {
    String text = rs.getString(column);
    return text == null ? null : UUID.fromString(text);
  }

  /** A moment, to the microsecond. */
  public Instant instant(String column) throws SQLException {
    return present(column, instantOrNull(column));
  }

  /** A moment, or null. */
  public @Nullable Instant instantOrNull(String column) throws SQLException {
    return ctx.findColumnMapperFor(Instant.class).orElseThrow().map(rs, column, ctx);
  }

  /** A number; 0 if it is null. */
  public long number(String column) throws SQLException {
    return rs.getLong(column);
  }

  /** A number of 32 bits; 0 if it is null. */
  public int smallNumber(String column) throws SQLException {
    return rs.getInt(column);
  }

  /** A number, or null. */
  public @Nullable Long numberOrNull(String column) throws SQLException {
    long number = rs.getLong(column);
    return rs.wasNull() ? null : number;
  }

  /** Yes or no; no if it is null. */
  public boolean flag(String column) throws SQLException {
    return rs.getBoolean(column);
  }

  private static <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }
}
