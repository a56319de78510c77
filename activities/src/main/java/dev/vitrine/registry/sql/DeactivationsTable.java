package dev.vitrine.registry.sql;

import dev.vitrine.access.Deactivation;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code image_deactivations}: who deactivated an image, as long as it is. */
record DeactivationsTable(Handle handle) {

  void put(UUID image, Deactivation by, Instant now) {
    handle
        .createUpdate(
            """
            insert into image_deactivations (image_id, user_id, project, deactivated_at)
            values (:image, :user, :project, :now)
            """)
        .bind("image", image)
        .bind("user", by.user())
        .bind("project", by.project())
        .bind("now", now)
        .execute();
  }

  /** By whom; by an unknown one where it was not kept. */
  Deactivation of(UUID image) {
    return handle
        .createQuery("select user_id, project from image_deactivations where image_id = :image")
        .bind("image", image)
        .map((rs, ctx) -> new Deactivation(rs.getString("user_id"), rs.getString("project")))
        .findOne()
        .orElse(new Deactivation(null, null));
  }

  void forget(UUID image) {
    handle
        .createUpdate("delete from image_deactivations where image_id = :image")
        .bind("image", image)
        .execute();
  }
}
