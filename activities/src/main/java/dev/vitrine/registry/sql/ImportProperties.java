package dev.vitrine.registry.sql;

import dev.vitrine.image.Image;
import dev.vitrine.image.ImportFields;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@link ImportFields} among an image's properties. */
record ImportProperties(Handle handle) {

  /** Data is on its way to those stores. */
  void importing(Image image, Collection<String> stores) {
    replace(image, ImportFields.IMPORTING, stores, ImportFields.FAILED, Map.of());
  }

  /** It is on its way no more, and has not got to those. */
  void over(Image image, Collection<String> failed) {
    over(image, failed, Map.of());
  }

  /** The same, and these properties are given to the image. */
  void over(Image image, Collection<String> failed, Map<String, String> given) {
    replace(image, ImportFields.FAILED, failed, ImportFields.IMPORTING, given);
  }

  /** Nothing is to be said, because other data comes or none. */
  void forget(Image image) {
    over(image, List.of());
  }

  private void replace(
      Image image, String name, Collection<String> stores, String gone, Map<String, String> given) {
    Map<String, String> before = image.properties();
    Map<String, String> after = new HashMap<>(before);
    after.putAll(given);
    after.remove(gone);
    after.remove(name);
    if (!stores.isEmpty()) {
      after.put(name, String.join(",", new TreeSet<>(stores)));
    }
    if (!after.equals(before)) {
      UUID id = image.id();
      new PropertiesTable(handle).replace(id, before, after);
    }
  }
}
