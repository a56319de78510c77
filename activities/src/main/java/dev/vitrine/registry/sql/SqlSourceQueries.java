package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.registry.SourceQueries;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The query strings of sources' URLs in the database. */
record SqlSourceQueries(Database database) implements SourceQueries {

  @Override
  public UUID keep(String sealed) {
    UUID id = UUID.randomUUID();
    return database.transaction(
        "keep source query",
        handle -> {
          new SourceQueriesTable(handle).insert(id, sealed, database.now());
          return id;
        });
  }

  @Override
  public Optional<String> find(UUID id) {
    return database.read("find source query", handle -> new SourceQueriesTable(handle).find(id));
  }

  @Override
  public String key(Supplier<String> made) {
    return database
        .read("source key", handle -> new SourceQueriesTable(handle).key())
        .orElseGet(
            () ->
                database.transaction(
                    "make source key", handle -> new SourceQueriesTable(handle).key(made.get())));
  }
}
