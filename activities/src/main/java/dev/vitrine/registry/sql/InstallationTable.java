package dev.vitrine.registry.sql;

import dev.vitrine.database.Row;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.InstallationRecord;
import dev.vitrine.registry.sql.history.HistorySubject;
import dev.vitrine.workflow.InstallationId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code installation}, of one row. */
record InstallationTable(Handle handle) {

  /** No vowels, so that no words come out, and nothing that is mistaken for something else. */
  private static final String LETTERS = "bcdfghjkmnpqrstvwxz";

  /** 19^10 ids: those of one namespace don't meet. */
  private static final int LENGTH = 10;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes the row, unless another process has. */
  void make(Instant now) {
    handle
        .createUpdate(
            """
            insert into installation (only_one, id, created_at, former_work)
            values (true, :id, :now, exists (select 1 from reserved_ids))
            on conflict do nothing
            """)
        .bind("id", newId())
        .bind("now", now)
        .execute();
  }

  Optional<InstallationRecord> find() {
    return handle
        .createQuery("select * from installation")
        .map(
            (rs, ctx) -> {
              Row row = new Row(rs, ctx);
              String namespace = row.textOrNull("namespace");
              return new InstallationRecord(
                  new InstallationId(row.text("id")),
                  row.instant("created_at"),
                  row.flag("former_work"),
                  namespace == null
                      ? null
                      : new Home(
                          namespace, row.textOrNull("namespace_id"), row.textOrNull("cluster")));
            })
        .findOne();
  }

  InstallationRecord require() {
    return find().orElseThrow(() -> new IllegalStateException("the registry has no installation"));
  }

  /** The row, that nobody else changes before this transaction ends. */
  InstallationRecord lock() {
    handle.createQuery("select id from installation <for_update>").mapTo(String.class).findOne();
    return require();
  }

  /**
   * Whether something is under way that came to its status by that moment. When a row last changed
   * tells nothing: progress, and an image's metadata, change what is under way, too.
   */
  boolean hasUnfinishedFrom(Instant moment) {
    return handle
        .createQuery(
            """
            select exists (select 1 from images i
                            where i.status in ('saving', 'pending_delete')
                              and exists (select 1 from history h
                                           where h.subject = i.id and h.noun = :image
                                             and h.to_status = i.status
                                             and h.changed_at <= :moment))
                or exists (select 1 from tasks
                            where status in ('pending', 'processing') and created_at <= :moment)
                or exists (select 1 from image_locations
                            where status = 'pending_delete' and updated_at <= :moment)
            """)
        .bind("image", HistorySubject.IMAGE.toString())
        .bind("moment", moment)
        .mapTo(Boolean.class)
        .one();
  }

  void moveTo(Home home) {
    handle
        .createUpdate(
            """
            update installation
               set namespace = :namespace, namespace_id = :namespaceId, cluster = :cluster
            """)
        .bind("namespace", home.namespace())
        .bind("namespaceId", home.namespaceId())
        .bind("cluster", home.cluster())
        .execute();
  }

  void endFormerWork() {
    handle.createUpdate("update installation set former_work = :no").bind("no", false).execute();
  }

  private static String newId() {
    StringBuilder id = new StringBuilder();
    RANDOM.ints(LENGTH, 0, LETTERS.length()).mapToObj(LETTERS::charAt).forEach(id::append);
    return id.toString();
  }
}
