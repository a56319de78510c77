package dev.vitrine.image;

import dev.vitrine.json.JsonSize;

/** How large an image's metadata is, in bytes of JSON in UTF-8. */
public final class MetadataSize {

  /** A colon or a comma, as the case may be. */
  private static final int SEPARATOR = 1;

  private MetadataSize() {}

  /** Of all that users write of an image: texts, properties and tags. */
  public static long of(DescribedImage image) {
    long size = 0;
    for (ImageField field : MetadataFields.all()) {
      if (field != ImageField.VISIBILITY
          && MetadataFields.get(field, image) instanceof String text) {
        size += of(text);
      }
    }
    for (var property : image.properties().entrySet()) {
      size += of(property.getKey()) + of(property.getValue());
    }
    for (String tag : image.tags()) {
      size += of(tag);
    }
    return size;
  }

  private static long of(String text) {
    return JsonSize.of(text) + SEPARATOR;
  }
}
