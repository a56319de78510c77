package dev.vitrine.registry.sql;

import dev.vitrine.database.LostRace;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.ImportFields;
import dev.vitrine.registry.ImportedDescription;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What imports change of an image's metadata: {@link ImportFields} among its properties, and what
 * it has of the one that it is imported from.
 */
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

  /** The image as it is with that. */
  ImageMetadata after(Image image, ImportedDescription description) {
    ImageMetadata.Builder changed =
        ImageMetadata.change(image)
            .diskFormat(description.diskFormat())
            .containerFormat(description.containerFormat());
    description
        .properties()
        .forEach(
            (name, value) -> {
              if (value == null) {
                changed.withoutProperty(name);
              } else {
                changed.property(name, value);
              }
            });
    return changed.build();
  }

  /** What is to be put back if it is not to stay so. */
  static ImportedDescription former(Image image, ImportedDescription description) {
    Map<String, @Nullable String> properties = new HashMap<>();
    description.properties().keySet().forEach(n -> properties.put(n, image.properties().get(n)));
    return new ImportedDescription(image.diskFormat(), image.containerFormat(), properties);
  }

  void change(Image before, ImageMetadata after, Instant now) {
    if (!new ImagesTable(handle).update(before, after, now)) {
      throw new LostRace("image %s was changed at the same time".formatted(before.id()));
    }
    new PropertiesTable(handle).replace(before.id(), before.properties(), after.properties());
  }

  /**
   * Puts back what the image had before its import described it, if that has.
   *
   * @param image as it was before the import's edge
   * @return as it is then
   */
  Image undo(Image image, Instant now) {
    return new ImportsTable(handle)
        .before(image.id())
        .map(former -> describe(image.id(), former, now))
        .orElse(image);
  }

  /** Gives the image what is said of it. */
  Image describe(UUID id, ImportedDescription description, Instant now) {
    Image present = new ImagesTable(handle).require(id);
    change(present, after(present, description), now);
    return new ImagesTable(handle).require(id);
  }
}
