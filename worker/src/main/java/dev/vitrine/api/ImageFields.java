package dev.vitrine.api;

import dev.vitrine.error.VitrineException.Forbidden;
import java.util.Set;

/**
 * The fields of an image and which of them a client may give. Source: the reference's {@code
 * api/v2/images.py}, class {@code RequestDeserializer}.
 */
final class ImageFields {

  /** Those that every image has; any other is a free property. */
  static final Set<String> BASE =
      Set.of(
          "checksum",
          "created_at",
          "container_format",
          "disk_format",
          "id",
          "min_disk",
          "min_ram",
          "name",
          "size",
          "virtual_size",
          "status",
          "tags",
          "owner",
          "updated_at",
          "visibility",
          "protected",
          "os_hidden",
          "os_hash_algo",
          "os_hash_value",
          "locations",
          "direct_url",
          "self",
          "file",
          "schema",
          "stores");

  private static final Set<String> READ_ONLY =
      Set.of(
          "created_at",
          "updated_at",
          "status",
          "checksum",
          "size",
          "virtual_size",
          "direct_url",
          "self",
          "file",
          "schema",
          "stores",
          "os_hash_algo",
          "os_hash_value");

  private static final Set<String> RESERVED = Set.of("location", "deleted", "deleted_at");
  private static final String RESERVED_PREFIX = "os_glance";

  private ImageFields() {}

  /**
   * Requires that a client may give a field.
   *
   * @throws Forbidden if it is read-only or reserved
   */
  static void requireWritable(String field) {
    if (READ_ONLY.contains(field)) {
      throw new Forbidden("'%s' is read-only; leave it out".formatted(field));
    }
    if (RESERVED.contains(field) || field.startsWith(RESERVED_PREFIX)) {
      throw new Forbidden("'%s' is a reserved name; choose another".formatted(field));
    }
  }
}
