package dev.vitrine.remote;

import java.util.ArrayList;
import java.util.List;

/**
 * Which images to list, and in which order, by the parameters of the API: {@code status}, {@code
 * name}, {@code visibility}, {@code tag} (repeatable), {@code sort} ({@code key:direction,…}),
 * {@code created_at} with its operators, any property.
 */
public record RemoteImageFilter(List<Parameter> parameters) {

  /** Every image that a list shows by default. */
  public static final RemoteImageFilter NONE = new RemoteImageFilter(List.of());

  public RemoteImageFilter {
    parameters = List.copyOf(parameters);
  }

  /** The same and this one. */
  public RemoteImageFilter with(String name, String value) {
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(new Parameter(name, value));
    return new RemoteImageFilter(more);
  }

  String query() {
    return String.join(
        "&",
        parameters.stream()
            .map(one -> ApiCall.encoded(one.name()) + "=" + ApiCall.encoded(one.value()))
            .toList());
  }

  /** One parameter, not encoded. */
  public record Parameter(String name, String value) {}
}
