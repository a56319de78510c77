package dev.vitrine.registry.sql;

import dev.vitrine.registry.sql.page.ImagePage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@code image_properties}. */
record PropertiesTable(Handle handle) {

  void insert(UUID imageId, Map<String, String> properties) {
    if (properties.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into image_properties (image_id, name, value, owner, visibility, os_hidden,
                                          listed_at)
            select i.id, :name, :value, i.owner, i.visibility, i.os_hidden, %s
              from images i where i.id = :imageId
            """
                .formatted(ImagePage.LISTED_AT));
    properties.forEach(
        (name, value) ->
            batch.bind("imageId", imageId).bind("name", name).bind("value", value).add());
    batch.execute();
  }

  /** Makes the rows those of another state, touching only what differs. */
  void replace(UUID imageId, Map<String, String> before, Map<String, String> after) {
    Map<String, String> changed = new HashMap<>(after);
    changed.entrySet().removeAll(before.entrySet());
    List<String> gone =
        before.keySet().stream()
            .filter(name -> changed.containsKey(name) || !after.containsKey(name))
            .toList();
    if (!gone.isEmpty()) {
      PreparedBatch batch =
          handle.prepareBatch(
              "delete from image_properties where image_id = :imageId and name = :name");
      gone.forEach(name -> batch.bind("imageId", imageId).bind("name", name).add());
      batch.execute();
    }
    insert(imageId, changed);
  }
}
