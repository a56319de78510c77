package dev.vitrine.registry.sql;

import dev.vitrine.database.JsonText;
import dev.vitrine.database.Row;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.registry.ImportedDescription;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code image_imports}: the import that an image has, or had last. */
record ImportsTable(Handle handle) {

  private static final String SUCCESS = "success";
  private static final String FAILURE = "failure";

  /**
   * An import.
   *
   * @param outcome null while it goes on
   */
  record Held(UUID taskId, ImportMethod method, @Nullable String outcome) {

    boolean goesOn() {
      return outcome == null;
    }

    boolean succeeded() {
      return SUCCESS.equals(outcome);
    }

    boolean isOf(UUID task) {
      return taskId.equals(task);
    }
  }

  Optional<Held> find(UUID imageId) {
    return handle
        .createQuery("select * from image_imports where image_id = :imageId")
        .bind("imageId", imageId)
        .map(
            (rs, ctx) -> {
              Row row = new Row(rs, ctx);
              return new Held(
                  row.uuid("task_id"),
                  ImportMethod.of(row.text("method")),
                  row.textOrNull("outcome"));
            })
        .findOne();
  }

  /** In place of the last one, which is over. */
  void begin(UUID imageId, UUID taskId, ImportMethod method, Instant now) {
    handle
        .createUpdate(
            """
            insert into image_imports (image_id, task_id, method, outcome, started_at)
            values (:imageId, :taskId, :method, null, :now)
                on conflict (image_id) do update
               set task_id = excluded.task_id, method = excluded.method, outcome = null,
                   former = null, started_at = excluded.started_at
            """)
        .bind("imageId", imageId)
        .bind("taskId", taskId)
        .bind("method", method.wireName())
        .bind("now", now)
        .execute();
  }

  /** What the image had before the import that it has, or had last, described it; empty if none. */
  Optional<ImportedDescription> before(UUID imageId) {
    return handle
        .createQuery("select former from image_imports where image_id = :imageId")
        .bind("imageId", imageId)
        .map((rs, ctx) -> Optional.ofNullable(new Row(rs, ctx).textOrNull("former")))
        .findOne()
        .flatMap(json -> json)
        .map(json -> JsonText.read(json, ImportedDescription.class));
  }

  void noteBefore(UUID imageId, ImportedDescription former) {
    handle
        .createUpdate("update image_imports set former = :former where image_id = :imageId")
        .bind("former", JsonText.write(former))
        .bind("imageId", imageId)
        .execute();
  }

  /** Without effect if none goes on. */
  void end(UUID imageId, boolean success) {
    handle
        .createUpdate(
            """
            update image_imports set outcome = :outcome
             where image_id = :imageId and outcome is null
            """)
        .bind("outcome", success ? SUCCESS : FAILURE)
        .bind("imageId", imageId)
        .execute();
  }
}
