package dev.vitrine.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A row of a result, read by column names in the domain's types. */
record Row(ResultSet rs, StatementContext ctx) {

  String text(String column) throws SQLException {
    return present(column, rs.getString(column));
  }

  @Nullable String textOrNull(String column) throws SQLException {
    return rs.getString(column);
  }

  UUID uuid(String column) throws SQLException {
    return UUID.fromString(text(column));
  }

  @Nullable UUID uuidOrNull(String column) throws SQLException {
    String text = rs.getString(column);
    return text == null ? null : UUID.fromString(text);
  }

  Instant instant(String column) throws SQLException {
    return present(column, instantOrNull(column));
  }

  @Nullable Instant instantOrNull(String column) throws SQLException {
    return ctx.findColumnMapperFor(Instant.class).orElseThrow().map(rs, column, ctx);
  }

  long number(String column) throws SQLException {
    return rs.getLong(column);
  }

  int smallNumber(String column) throws SQLException {
    return rs.getInt(column);
  }

  @Nullable Long numberOrNull(String column) throws SQLException {
    long number = rs.getLong(column);
    return rs.wasNull() ? null : number;
  }

  boolean flag(String column) throws SQLException {
    return rs.getBoolean(column);
  }

  private static <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }
}
