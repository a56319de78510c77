package dev.vitrine.api;

import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.image.ImageField;

/** Which fields of an image a client may give. */
final class ImageFields {

  private ImageFields() {}

  /**
   * Requires that a client may give a field with the request that creates an image.
   *
   * @throws Forbidden if it is read-only or reserved
   */
  static void requireCreatable(String name) {
    requireNotReserved(name);
    if (ImageField.find(name).filter(ImageField::isReadOnly).isPresent()) {
      throw readOnly(name);
    }
  }

  /**
   * Requires that a client may change a field.
   *
   * @throws Forbidden if it is read-only or reserved
   */
  static void requireChangeable(String name) {
    requireNotReserved(name);
    if (ImageField.find(name).filter(field -> !field.isChangeable()).isPresent()) {
      throw readOnly(name);
    }
  }

  private static void requireNotReserved(String name) {
    if (ImageField.isReserved(name)) {
      throw new Forbidden("'%s' is a reserved name; choose another".formatted(name));
    }
  }

  private static Forbidden readOnly(String name) {
    return new Forbidden("'%s' is read-only; leave it out".formatted(name));
  }
}
