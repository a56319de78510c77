package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What holds of an image's metadata at its creation and after every change: the types of {@link
 * ImageField}, and that no property takes the name of a field. A change is asked only about what
 * differs, so that an image from before a rule was made can still be changed otherwise.
 */
record MetadataRules(UUID id) {

  /**
   * Requires that the metadata is right, as far as it differs.
   *
   * @param before null for a new image, of which everything is asked
   */
  void check(@Nullable DescribedImage before, DescribedImage after) {
    for (ImageField field : MetadataFields.all()) {
      Object value = MetadataFields.get(field, after);
      boolean same = before != null && Objects.equals(MetadataFields.get(field, before), value);
      if (field != ImageField.TAGS && !same) {
        check(field.wireName(), field.type(), value);
      }
    }
    checkProperties(before == null ? Map.of() : before.properties(), after.properties());
    Set<String> tags = new HashSet<>(after.tags());
    tags.removeAll(before == null ? List.of() : before.tags());
    tags.forEach(tag -> check("tag", ImageField.TAG, tag));
  }

  private void checkProperties(Map<String, String> before, Map<String, String> after) {
    after.forEach(
        (name, value) -> {
          if (value.equals(before.get(name))) {
            return;
          }
          if (ImageField.findBase(name).isPresent() || ImageField.isReserved(name)) {
            throw new Invalid(
                "image %s: property '%s' would stand for a field that every image has or that is reserved; choose another name"
                    .formatted(id, name));
          }
          check("property", ImageField.PROPERTY_NAME, name);
          check(name, ImageField.propertyType(name), value);
        });
  }

  private void check(String field, FieldType type, @Nullable Object value) {
    try {
      Object unused = type.read(field, value);
    } catch (Invalid e) {
      throw new Invalid("image %s: %s".formatted(id, e.getMessage()));
    }
  }
}
