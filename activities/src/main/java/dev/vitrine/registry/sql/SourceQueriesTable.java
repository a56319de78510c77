package dev.vitrine.registry.sql;

import dev.vitrine.database.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code source_queries} and {@code source_key}. */
record SourceQueriesTable(Handle handle) {

  void insert(UUID id, String sealed, Instant now) {
    handle
        .createUpdate(
            """
            insert into source_queries (id, sealed, created_at) values (:id, :sealed, :now)
            """)
        .bind("id", id)
        .bind("sealed", sealed)
        .bind("now", now)
        .execute();
  }

  Optional<String> find(UUID id) {
    return handle
        .createQuery("select sealed from source_queries where id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  /** Removes those that no task needs, unless their task may only be about to begin. */
  int countUnneeded(Instant before) {
    return handle
        .createQuery(
            """
            select count(*) as n from source_queries q
             where q.created_at < :before
               and not exists (select 1 from tasks t where t.source_query = q.id)
            """)
        .bind("before", before)
        .map((rs, ctx) -> (int) new Row(rs, ctx).number("n"))
        .one();
  }

  int deleteUnneeded(Instant before, int limit) {
    return handle
        .createUpdate(
            """
            delete from source_queries where id in (
              select q.id from source_queries q
               where q.created_at < :before
                 and not exists (select 1 from tasks t where t.source_query = q.id)
               order by q.created_at limit :limit)
            """)
        .bind("before", before)
        .bind("limit", limit)
        .execute();
  }

  String key(String ifNone) {
    handle
        .createUpdate(
            """
            insert into source_key (only_one, key) values (1, :key) on conflict do nothing
            """)
        .bind("key", ifNone)
        .execute();
    return handle.createQuery("select key from source_key").mapTo(String.class).one();
  }

  Optional<String> key() {
    return handle.createQuery("select key from source_key").mapTo(String.class).findOne();
  }
}
