package dev.vitrine.registry;

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
            insert into image_properties (image_id, name, value) values (:imageId, :name, :value)
            """);
    properties.forEach(
        (name, value) ->
            batch.bind("imageId", imageId).bind("name", name).bind("value", value).add());
    batch.execute();
  }
}
