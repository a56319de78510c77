package dev.vitrine.api;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.Call;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.FieldType;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.Visibility;
import dev.vitrine.image.VisibilityFilter;
import dev.vitrine.json.IsoTime;
import dev.vitrine.listing.ImageQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for. A parameter that no rule knows is a free property, as in the reference.
 * Source: the reference's API description, "List images", and {@code api/v2/images.py}.
 */
final class ImageListQuery {

  private static final Set<String> PAGING =
      Set.of("limit", "marker", "sort", "sort_key", "sort_dir");

  /** The fields that may be asked for several values at once. */
  private static final Set<ImageField> SEVERAL =
      EnumSet.of(
          ImageField.ID,
          ImageField.NAME,
          ImageField.STATUS,
          ImageField.DISK_FORMAT,
          ImageField.CONTAINER_FORMAT);

  private final List<ImageFilter> filters = new ArrayList<>();
  private VisibilityFilter visibility = VisibilityFilter.USUAL;
  private @Nullable MemberStatus memberStatus = MemberStatus.ACCEPTED;
  private boolean hidden;

  private ImageListQuery() {}

  /**
   * The query in a request.
   *
   * @throws Invalid naming the parameter, its value and what is accepted
   */
  static ImageQuery read(Call call) {
    ImageListQuery query = new ImageListQuery();
    for (Map.Entry<String, List<String>> parameter : call.query().entrySet()) {
      if (!PAGING.contains(parameter.getKey())) {
        parameter.getValue().forEach(value -> query.take(parameter.getKey(), value));
      }
    }
    return new ImageQuery(
        call.requester(),
        query.visibility,
        query.memberStatus,
        query.hidden,
        query.filters,
        ListOrder.read(call, ImageQuery.SortField.values()).stream()
            .map(key -> new ImageQuery.SortKey(key.field(), key.descending()))
            .toList(),
        call.query("marker").map(marker -> Ids.given("marker", marker)).orElse(null),
        PageLinks.limit(call));
  }

  /** Texts are compared as they were given; what is no text may have white space around it. */
  private void take(String name, String value) {
    ImageField field = ImageField.findBase(name).orElse(null);
    if (field != null) {
      take(field, value);
      return;
    }
    switch (name) {
      case "member_status" -> memberStatus = memberStatus(value.strip());
      case "tag" -> filters.add(new ImageFilter.Tag(value));
      case "size_min" -> filters.add(amount(ImageField.SIZE, Comparison.GTE, name, value));
      case "size_max" -> filters.add(amount(ImageField.SIZE, Comparison.LTE, name, value));
      case "changes-since" ->
          throw new Invalid("changes-since is not in this version of the API; use updated_at");
      default -> filters.add(new ImageFilter.Property(name, value));
    }
  }

  private void take(ImageField field, String value) {
    String name = field.wireName();
    if (field == ImageField.VISIBILITY) {
      visibility = visibility(value.strip());
    } else if (field == ImageField.OS_HIDDEN) {
      hidden = flag(name, value);
    } else if (!field.isColumn()) {
      throw new Invalid("lists are not filtered by '%s'; leave it out".formatted(name));
    } else if (field.type() instanceof FieldType.Whole) {
      filters.add(compared(field, name, value));
    } else if (field.type() instanceof FieldType.Time) {
      filters.add(time(field, name, value));
    } else if (field.type() instanceof FieldType.Flag) {
      filters.add(new ImageFilter.Flag(field, flag(name, value)));
    } else {
      filters.add(
          SEVERAL.contains(field)
              ? new ImageFilter.Text(field, values(name, value))
              : new ImageFilter.Text(field, value));
    }
  }

  /** One value, or several behind {@code in:}, which may be quoted to have a comma in them. */
  private static List<String> values(String name, String value) {
    return value.startsWith("in:") ? QuotedList.read(name, value.substring(3)) : List.of(value);
  }

  private static ImageFilter amount(
      ImageField field, Comparison comparison, String name, String value) {
    try {
      return new ImageFilter.Amount(field, comparison, Long.parseLong(value.strip()));
    } catch (NumberFormatException e) {
      throw new Invalid("%s '%s': give a whole number".formatted(name, value));
    }
  }

  private static ImageFilter compared(ImageField field, String name, String value) {
    Operand operand = Operand.read(value.strip());
    return amount(field, operand.comparison(), name, operand.value());
  }

  private static ImageFilter time(ImageField field, String name, String value) {
    Operand operand = Operand.read(value.strip());
    return new ImageFilter.Time(field, operand.comparison(), instant(name, operand.value()));
  }

  private static Instant instant(String name, String value) {
    return IsoTime.parse(value)
        .orElseThrow(
            () ->
                new Invalid(
                    "%s '%s': give a time of ISO 8601, such as 2026-11-24T06:10:29Z"
                        .formatted(name, Excerpt.value(value))));
  }

  /**
   * A comparison and what is compared with.
   *
   * @param comparison equality where none is said
   */
  private record Operand(Comparison comparison, String value) {
    static Operand read(String text) {
      int colon = text.indexOf(':');
      String sign = colon < 0 ? "" : text.substring(0, colon);
      return sign.matches("[a-z]+")
          ? new Operand(Comparison.of(sign), text.substring(colon + 1))
          : new Operand(Comparison.EQ, text);
    }
  }

  private static VisibilityFilter visibility(String value) {
    if (value.equals("all")) {
      return VisibilityFilter.ALL;
    }
    try {
      return VisibilityFilter.only(Visibility.of(value));
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          "visibility '%s': give community, public, private, shared or all".formatted(value));
    }
  }

  private static @Nullable MemberStatus memberStatus(String value) {
    if (value.equals("all")) {
      return null;
    }
    try {
      return MemberStatus.of(value);
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          "member_status '%s': give pending, accepted, rejected or all".formatted(value));
    }
  }

  /** Python's capitals are as good. */
  private static boolean flag(String name, String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Invalid("%s '%s': give true or false".formatted(name, value));
    };
  }
}
