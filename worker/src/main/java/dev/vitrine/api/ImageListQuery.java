package dev.vitrine.api;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.Call;
import dev.vitrine.image.Comparison;
import dev.vitrine.image.ImageFilter;
import dev.vitrine.image.ImageFilter.NumberField;
import dev.vitrine.image.ImageFilter.TextField;
import dev.vitrine.image.ImageFilter.TimeField;
import dev.vitrine.image.MemberStatus;
import dev.vitrine.image.Visibility;
import dev.vitrine.image.VisibilityFilter;
import dev.vitrine.listing.ImageQuery;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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
        for (String value : parameter.getValue()) {
          query.take(parameter.getKey(), value.strip());
        }
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
        Pages.limit(call));
  }

  private void take(String name, String value) {
    switch (name) {
      case "id", "name", "status", "disk_format", "container_format" ->
          filters.add(new ImageFilter.Text(text(name), values(name, value)));
      case "owner", "checksum", "os_hash_algo", "os_hash_value" ->
          filters.add(new ImageFilter.Text(text(name), value));
      case "visibility" -> visibility = visibility(value);
      case "member_status" -> memberStatus = memberStatus(value);
      case "os_hidden" -> hidden = flag(name, value);
      case "protected" -> filters.add(new ImageFilter.Protected(flag(name, value)));
      case "tag" -> filters.add(new ImageFilter.Tag(value));
      case "size_min" -> filters.add(amount(NumberField.SIZE, Comparison.GTE, name, value));
      case "size_max" -> filters.add(amount(NumberField.SIZE, Comparison.LTE, name, value));
      case "size" -> filters.add(compared(NumberField.SIZE, name, value));
      case "min_disk" -> filters.add(compared(NumberField.MIN_DISK, name, value));
      case "min_ram" -> filters.add(compared(NumberField.MIN_RAM, name, value));
      case "created_at" -> filters.add(time(TimeField.CREATED_AT, name, value));
      case "updated_at" -> filters.add(time(TimeField.UPDATED_AT, name, value));
      case "changes-since" ->
          throw new Invalid("changes-since is not in this version of the API; use updated_at");
      default -> filters.add(new ImageFilter.Property(name, value));
    }
  }

  private static TextField text(String name) {
    return TextField.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** One value, or several behind {@code in:}, which may be quoted to have a comma in them. */
  private static List<String> values(String name, String value) {
    return value.startsWith("in:") ? QuotedList.read(name, value.substring(3)) : List.of(value);
  }

  private static ImageFilter amount(
      NumberField field, Comparison comparison, String name, String value) {
    try {
      return new ImageFilter.Amount(field, comparison, Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw new Invalid("%s '%s': give a whole number".formatted(name, value));
    }
  }

  private static ImageFilter compared(NumberField field, String name, String value) {
    Operand operand = Operand.read(value);
    return amount(field, operand.comparison(), name, operand.value());
  }

  private static ImageFilter time(TimeField field, String name, String value) {
    Operand operand = Operand.read(value);
    return new ImageFilter.Time(field, operand.comparison(), instant(name, operand.value()));
  }

  /** A time with its offset, or in UTC without one; a plus that came as a space is meant. */
  private static Instant instant(String name, String value) {
    String text = value.replace(' ', '+');
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException withoutOffset) {
      try {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeParseException e) {
        throw new Invalid(
            "%s '%s': give a time such as 2026-11-24T06:10:29Z".formatted(name, value));
      }
    }
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
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Invalid("%s '%s': give true or false".formatted(name, value));
    };
  }
}
