package dev.vitrine.registry.sql.page;

import dev.vitrine.database.Keyset;
import dev.vitrine.image.Image;
import dev.vitrine.listing.ImageQuery.SortField;
import dev.vitrine.listing.ImageQuery.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that images are sorted by. */
final class ImageOrder {

  private ImageOrder() {}

  /** As the rows of that table are compared. */
  static Keyset keyset(List<SortKey> order, ImageEntry entry) {
    return new Keyset(order.stream().map(key -> key(key, entry)).toList());
  }

  private static Keyset.Key key(SortKey key, ImageEntry entry) {
    String column = entry.column(key.field());
    boolean nullable = key.field().field().type().holds(null);
    return switch (key.field()) {
      case NAME, STATUS, CONTAINER_FORMAT, DISK_FORMAT ->
          new Keyset.Key(column + " <text_order>", nullable, key.descending(), false);
      case SIZE -> new Keyset.Key(column, nullable, key.descending(), false);
      case ID, CREATED_AT, UPDATED_AT -> new Keyset.Key(column, nullable, key.descending(), true);
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
