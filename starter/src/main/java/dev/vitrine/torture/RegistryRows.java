package dev.vitrine.torture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the registry's tables say, read as they are. */
record RegistryRows(
    String installation,
    List<ImageRow> images,
    List<TaskRow> tasks,
    List<LocationRow> locations,
    List<Change> changes) {

  /** An image. */
  record ImageRow(String id, String status, @Nullable Long size, @Nullable String sha512) {}

  /** A task. */
  record TaskRow(String id, String type, String status, String input, @Nullable String imageId) {}

  /** Where data is. */
  record LocationRow(String imageId, String store, String key, String status) {}

  /** A change of a status. */
  record Change(String noun, String subject, @Nullable String from, String to, String event) {}

  /** Makes a value of a row. */
  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  static RegistryRows read(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return new RegistryRows(
          all(connection, "select id from installation", row -> row.getString(1)).get(0),
          all(
              connection,
              "select id, status, size, os_hash_value from images",
              row ->
                  new ImageRow(
                      row.getString(1),
                      row.getString(2),
                      row.getObject(3, Long.class),
                      row.getString(4))),
          all(
              connection,
              "select id, type, status, input, image_id from tasks",
              row ->
                  new TaskRow(
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5))),
          all(
              connection,
              "select image_id, store, key, status from image_locations",
              row ->
                  new LocationRow(
                      row.getString(1), row.getString(2), row.getString(3), row.getString(4))),
          all(
              connection,
              "select noun, subject, from_status, to_status, event from history order by seq",
              row ->
                  new Change(
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5))));
    }
  }

  private static <T> List<T> all(Connection connection, String sql, Row<T> make)
      throws SQLException {
    List<T> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.add(make.of(rows));
      }
    }
    return all;
  }
}
