package dev.vitrine.registry.sql;

import dev.vitrine.database.Keyset;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageField;
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
    ImageField field = key.field().field();
    boolean text =
        switch (key.field()) {
          case NAME, STATUS, CONTAINER_FORMAT, DISK_FORMAT -> true;
          case SIZE, ID, CREATED_AT, UPDATED_AT -> false;
        };
    return new Keyset.Key(
        "i." + field.column() + (text ? " <text_order>" : ""),
        field.type().holds(null),
        key.descending());
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
