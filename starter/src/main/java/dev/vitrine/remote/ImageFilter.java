package dev.vitrine.remote;

import java.util.ArrayList;
import java.util.List;

/**
 * Which images to list, and in which order, by the parameters of the API: {@code status}, {@code
 * name}, {@code visibility}, {@code tag} (repeatable), {@code sort} ({@code key:direction,…}),
 * {@code created_at} with its operators, any property.
 */
public record ImageFilter(List<Parameter> parameters) {

  /** Every image that a list shows by default. */
  public static final ImageFilter NONE = new ImageFilter(List.of());

  public ImageFilter {
    parameters = List.copyOf(parameters);
  }

  /** The same and this one. */
  public ImageFilter with(String name, String value) {
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(new Parameter(name, value));
    return new ImageFilter(more);
  }

  String query() {
    return String.join(
        "&",
        parameters.stream()
            .map(one -> Call.encoded(one.name()) + "=" + Call.encoded(one.value()))
            .toList());
  }

  /** One parameter, not encoded. */
  public record Parameter(String name, String value) {}
}
