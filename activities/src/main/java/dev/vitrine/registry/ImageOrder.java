package dev.vitrine.registry;

import dev.vitrine.image.Image;
import dev.vitrine.listing.ImageQuery.SortField;
import dev.vitrine.listing.ImageQuery.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that images are sorted by. */
final class ImageOrder {

  private ImageOrder() {}

  static Keyset keyset(List<SortKey> order) {
    return new Keyset(order.stream().map(ImageOrder::key).toList());
  }

  private static Keyset.Key key(SortKey key) {
    boolean descending = key.descending();
    return switch (key.field()) {
      case NAME -> new Keyset.Key("i.name <text_order>", true, descending);
      case STATUS -> new Keyset.Key("i.status <text_order>", false, descending);
      case CONTAINER_FORMAT -> new Keyset.Key("i.container_format <text_order>", true, descending);
      case DISK_FORMAT -> new Keyset.Key("i.disk_format <text_order>", true, descending);
      case SIZE -> new Keyset.Key("i.size", true, descending);
      case ID -> new Keyset.Key("i.id", false, descending);
      case CREATED_AT -> new Keyset.Key("i.created_at", false, descending);
      case UPDATED_AT -> new Keyset.Key("i.updated_at", false, descending);
    };
  }

  /** Where the image stands in the order. */
  static List<@Nullable Object> place(Image image, List<SortKey> order) {
    List<@Nullable Object> place = new ArrayList<>();
    order.forEach(key -> place.add(value(image, key.field())));
    return place;
  }

  private static @Nullable Object value(Image image, SortField field) {
    return switch (field) {
      case NAME -> image.name();
      case STATUS -> image.status().wireName();
      case CONTAINER_FORMAT -> image.containerFormat();
      case DISK_FORMAT -> image.diskFormat();
      case SIZE -> image.size();
      case ID -> image.id();
      case CREATED_AT -> image.createdAt();
      case UPDATED_AT -> image.updatedAt();
    };
  }
}
