package dev.vitrine.registry.sql.page;

import dev.vitrine.database.Conditions;
import dev.vitrine.image.ImageFilter;
import org.jspecify.annotations.Nullable;

/**
 * The one of a list's filters that its images are looked up by, if there is one that an index finds
 * more directly than the order of the list.
 *
 * @param filter a tag, a property or a time; null for none
 * @param few whether so few images pass it that all of them can be sorted for a page
 */
public record LeadingFilter(@Nullable ImageFilter filter, boolean few) {

  public static final LeadingFilter NONE = new LeadingFilter(null, false);

  /** What images are looked up in. */
  ImageEntry entry(Conditions values) {
    if (filter instanceof ImageFilter.Tag tag) {
      return ImageEntry.of(tag, few, values);
    }
    if (filter instanceof ImageFilter.Property property) {
      return ImageEntry.of(property, few, values);
    }
    return filter instanceof ImageFilter.Time time
        ? ImageEntry.of(time, values)
        : ImageEntry.IMAGES;
  }
}
