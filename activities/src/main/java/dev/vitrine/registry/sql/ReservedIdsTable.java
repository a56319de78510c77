package dev.vitrine.registry.sql;

import dev.vitrine.registry.sql.history.HistorySubject;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code reserved_ids}: every id that was ever used. No row is ever removed. */
record ReservedIdsTable(Handle handle) {

  /** Returns false, and changes nothing, if the id was used before. */
  boolean insert(HistorySubject noun, UUID id, Instant now) {
    return handle
            .createUpdate(
                """
                insert into reserved_ids (noun, id, reserved_at) values (:noun, :id, :now)
                on conflict (noun, id) do nothing
                """)
            .bind("noun", noun.toString())
            .bind("id", id)
            .bind("now", now)
            .execute()
        == 1;
  }
}
