package dev.vitrine.remote;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API.
 *
 * @param what is asked for, with its id, as errors say it
 * @param path below the API's base, encoded, with its query
 * @param body gives the body anew for each attempt
 * @param repeatable whether the body can be given more than once
 * @param timeout until the answer begins; null for none
 */
record ApiCall(
    String what,
    String method,
    String path,
    Map<String, String> headers,
    Supplier<BodyPublisher> body,
    boolean repeatable,
    @Nullable Duration timeout) {

  static ApiCall get(String what, String path) {
    return plain(what, "GET", path);
  }

  /** Without a body. */
  static ApiCall plain(String what, String method, String path) {
    return new ApiCall(
        what, method, path, Map.of(), BodyPublishers::noBody, true, Transport.ANSWER);
  }

  /** With a JSON body of a media type. */
  static ApiCall json(String what, String method, String path, String mediaType, Object document) {
    byte[] bytes = JsonMaps.bytes(document);
    return new ApiCall(
        what,
        method,
        path,
        Map.of("Content-Type", mediaType),
        () -> BodyPublishers.ofByteArray(bytes),
        true,
        Transport.ANSWER);
  }

  static ApiCall json(String what, String method, String path, Object document) {
    return json(what, method, path, "application/json", document);
  }

  ApiCall with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ApiCall(what, method, path, more, body, repeatable, timeout);
  }

  /** Free text as one segment of a path, or as a name or value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
