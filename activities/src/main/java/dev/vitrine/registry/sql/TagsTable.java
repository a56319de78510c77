package dev.vitrine.registry.sql;

import dev.vitrine.registry.sql.page.ImagePage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@code image_tags}: in the order given, each once. */
record TagsTable(Handle handle) {

  void insert(UUID imageId, List<String> tags) {
    if (tags.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into image_tags (image_id, position, tag, owner, visibility, os_hidden, listed_at)
            select i.id, :position, :tag, i.owner, i.visibility, i.os_hidden, %s
              from images i where i.id = :imageId
            """
                .formatted(ImagePage.LISTED_AT));
    int position = 0;
    for (String tag : new LinkedHashSet<>(tags)) {
      batch.bind("imageId", imageId).bind("position", position++).bind("tag", tag).add();
    }
    batch.execute();
  }

  void replace(UUID imageId, List<String> before, List<String> after) {
    if (before.equals(after)) {
      return;
    }
    handle
        .createUpdate("delete from image_tags where image_id = :imageId")
        .bind("imageId", imageId)
        .execute();
    insert(imageId, after);
  }
}
