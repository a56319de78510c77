package dev.vitrine.http;

import dev.vitrine.access.Requester;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.jspecify.annotations.Nullable;

/**
 * A request, as endpoints see it.
 *
 * @param id as it is in {@code x-openstack-request-id}: {@code req-} and a UUID
 * @param by who asks; null on a route that is open to everybody
 * @param path what stands for the placeholders of the route
 * @param query in the order given, decoded
 * @param headers the value by name, in any case; that of several is a list
 * @param body whole; empty for none, and for what streams
 * @param origin scheme, host and port as the client knows them, {@code http://127.0.0.1:9292}
 */
@SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
public record Call(
    String id,
    @Nullable Requester by,
    Map<String, String> path,
    Map<String, List<String>> query,
    Function<String, @Nullable String> headers,
    byte[] body,
    String origin) {

  /** The same with a body. */
  Call with(byte[] whole) {
    return new Call(id, by, path, query, headers, whole, origin);
  }

  /** Who asks, on a route for known callers. */
  public Requester requester() {
    if (by == null) {
      throw new IllegalStateException("an open route asked who calls");
    }
    return by;
  }

  /** What stands for a placeholder of the route. */
  public String parameter(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no placeholder {" + name + "}");
    }
    return value;
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
  }

  /** A header's value; of one that is there several times, a list with commas. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name)).map(String::strip);
  }

  /** Whether the client asks for a media type by its name. Source: RFC 9110, section 12.5.1. */
  public boolean asksFor(String mediaType) {
    QuotedQualityCSV accepted = new QuotedQualityCSV();
    header("Accept").ifPresent(accepted::addValue);
    return accepted.getValues().stream()
        .anyMatch(type -> type.split(";", 2)[0].strip().equalsIgnoreCase(mediaType));
  }

  /** The media type of the body, without its parameters, in lower case. */
  public Optional<String> mediaType() {
    return header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }
}
