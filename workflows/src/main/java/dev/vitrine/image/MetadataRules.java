package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What holds of an image's metadata at its creation and after every change. Limits are Glance's.
 */
record MetadataRules(UUID id) {

  private static final String RESERVED = "os_glance";

  void check(
      @Nullable String name,
      int minDisk,
      int minRam,
      String owner,
      Map<String, String> properties,
      List<String> tags) {
    require(name == null || name.length() <= 255, "name", name, "at most 255 characters");
    require(minDisk >= 0, "min_disk", minDisk, "0 or more");
    require(minRam >= 0, "min_ram", minRam, "0 or more");
    require(!owner.isBlank() && owner.length() <= 255, "owner", owner, "1 to 255 characters");
    for (String key : properties.keySet()) {
      require(
          !key.isBlank() && key.length() <= 255 && !key.startsWith(RESERVED),
          "property",
          key,
          "1 to 255 characters, not starting with the reserved " + RESERVED);
    }
    for (String tag : tags) {
      require(!tag.isBlank() && tag.length() <= 255, "tag", tag, "1 to 255 characters");
    }
  }

  void require(boolean holds, String field, @Nullable Object value, String rule) {
    if (!holds) {
      throw new Invalid("image %s: %s '%s': %s".formatted(id, field, value, rule));
    }
  }
}
