package dev.vitrine.registry.sql.page;

import dev.vitrine.database.Conditions;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.listing.ImageQuery.SortField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table that a page's images are looked up in: {@code images} itself, or their tags or
 * properties, which repeat what bounds a list and an image's place in the usual order, so that an
 * index leads from the word to the page; or the memberships of a project.
 *
 * @param from the table
 * @param alias of the one that has the bounds, this one or {@code images}
 * @param where what holds of every row besides the bounds
 * @param fulfils the filter that its rows pass by that; null for none
 * @param all whether all its rows are found before any is compared further: they are few, and a
 *     database that takes them for fewer still would rather go through all images
 */
record ImageEntry(
    String from, String alias, List<String> where, @Nullable ImageFilter fulfils, boolean all) {

  /**
   * A value may be longer than an entry of an index; the column {@code value_start} has so much.
   */
  private static final int START_OF_VALUE = 64;

  private static final String IMAGE = "i";
  private static final String WORD = "w";

  /** Of what is in a list at all, by its bounds and order alone. */
  static final ImageEntry IMAGES =
      new ImageEntry("images i", IMAGE, List.of(ImagePage.LISTED), null, false);

  /** SQLite takes a cross join in the order in which it is written: this table first. */
  String joined() {
    return from.equals(IMAGES.from) ? from : from + " cross join " + IMAGES.from;
  }

  /** What makes it that. */
  List<String> on() {
    return from.equals(IMAGES.from)
        ? List.of()
        : List.of("i.id = %c.image_id".formatted(from.charAt(from.length() - 1)));
  }

  ImageEntry {
    where = List.copyOf(where);
  }

  /**
   * Of what has a tag.
   *
   * @param all as that of the entry
   */
  static ImageEntry of(ImageFilter.Tag tag, boolean all, Conditions values) {
    String isIt = "w.tag <text_order> = " + values.bind(tag.tag());
    return word("image_tags", List.of(isIt), tag, all);
  }

  /**
   * Of what has a property.
   *
   * @param all as that of the entry
   */
  static ImageEntry of(ImageFilter.Property property, boolean all, Conditions values) {
    String value = property.value();
    String start = ImageConditions.start(value, START_OF_VALUE);
    List<String> isIt = new ArrayList<>();
    isIt.add("w.name <text_order> = " + values.bind(property.name()));
    isIt.add("w.value_start <text_order> = " + values.bind(start));
    if (value.codePointCount(0, value.length()) >= START_OF_VALUE) {
      isIt.add("w.value = " + values.bind(value));
    }
    return word("image_properties", isIt, property, all);
  }

  /** Of what was changed in a time, which is little. */
  static ImageEntry of(ImageFilter.Time time, Conditions values) {
    List<String> where = List.of(ImagePage.LISTED, ImageConditions.time(time, values));
    return new ImageEntry("images i", IMAGE, where, time, true);
  }

  /** Of what is shared with the project, whatever it made of that if no status is given. */
  static ImageEntry sharedWith(String project, @Nullable MemberStatus status, Conditions values) {
    List<String> where = new ArrayList<>();
    where.add("m.member = " + project);
    if (status != null) {
      where.add("m.status = " + values.bind(status.wireName()));
    }
    where.add(ImagePage.LISTED);
    return new ImageEntry("image_members m", IMAGE, where, null, true);
  }

  private static ImageEntry word(String table, List<String> isIt, ImageFilter word, boolean all) {
    List<String> where = new ArrayList<>(isIt);
    where.add("w.listed_at is not null");
    return new ImageEntry(table + " w", WORD, where, word, all);
  }

  /** Whether it is of tags or properties. */
  boolean isWord() {
    return alias.equals(WORD);
  }

  String owner() {
    return alias + ".owner";
  }

  String visibility() {
    return alias + ".visibility";
  }

  String hidden() {
    return alias + ".os_hidden";
  }

  /** The column that images are sorted by. */
  String column(SortField field) {
    boolean own = alias.equals(IMAGE);
    return switch (field) {
      case CREATED_AT -> own ? "i.created_at" : "w.listed_at";
      case ID -> own ? "i.id" : "w.image_id";
      case NAME, STATUS, CONTAINER_FORMAT, DISK_FORMAT, SIZE, UPDATED_AT ->
          "i." + field.field().column();
    };
  }
}
