package dev.vitrine.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path and the query of a request, decoded. Source: RFC 3986 and, for the query, WHATWG's
 * {@code application/x-www-form-urlencoded}.
 *
 * <p>A path is split into segments before they are decoded: {@code %2F}, {@code ;} and a backslash
 * are characters of a segment like any other, and can't change what a request is routed to. Dot
 * segments are not resolved: nothing is there.
 */
final class RequestTarget {

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final char REPLACEMENT = '\ufffd';

  /** More than any call takes; what a call makes of them may have a lower bound of its own. */
  static final int MOST_PARAMETERS = 200;

  private RequestTarget() {}

  /**
   * The decoded segments. A slash too many where a client joins its endpoint and a path is
   * forgiven: around the first segment, which is the version of the API, others may be empty.
   *
   * @param path as it came; null for none
   * @throws HttpProblem 400 if it can't be decoded or has a control character, 404 if it has a dot
   *     segment
   */
  static List<String> path(@Nullable String path) {
    if (path == null) {
      throw new HttpProblem(BAD_REQUEST, "the request has no path");
    }
    List<String> segments = new ArrayList<>();
    for (String raw : forgiven(Router.split(path))) {
      String segment = decode(raw, "path");
      if (segment.equals(".") || segment.equals("..")) {
        throw nothingAt(path);
      }
      if (segment.chars().anyMatch(Character::isISOControl)) {
        throw wrong("path", raw, "has a control character");
      }
      segments.add(segment);
    }
    return segments;
  }

  private static List<String> forgiven(List<String> segments) {
    int first = firstNotEmpty(segments, 0);
    if (first == segments.size()) {
      return segments;
    }
    List<String> path = new ArrayList<>(segments.subList(first, segments.size()));
    int second = firstNotEmpty(path, 1);
    if (second < path.size()) {
      path.subList(1, second).clear();
    }
    return path;
  }

  private static int firstNotEmpty(List<String> segments, int from) {
    int at = from;
    while (at < segments.size() && segments.get(at).isEmpty()) {
      at++;
    }
    return at;
  }

  /** What a path is answered that leads nowhere. */
  static HttpProblem nothingAt(String path) {
    return new HttpProblem(NOT_FOUND, "there is nothing at %s; see / for what is".formatted(path));
  }

  /**
   * The parameters in their order, each with its values.
   *
   * @param query as it came; null for none
   * @throws HttpProblem 400 if it can't be decoded, has a NUL or too many
   */
  static Map<String, List<String>> query(@Nullable String query) {
    if (query == null) {
      return Map.of();
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String[] pairs = query.split("&");
    if (pairs.length > MOST_PARAMETERS) {
      throw new HttpProblem(
          BAD_REQUEST,
          "%d parameters in the query: give at most %d".formatted(pairs.length, MOST_PARAMETERS));
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(parameter(name), unused -> new ArrayList<>())
            .add(parameter(value));
      }
    }
    return parameters;
  }

  private static String parameter(String raw) {
    String decoded = decode(raw.replace('+', ' '), "query");
    if (decoded.indexOf('\0') >= 0) {
      throw wrong("query", raw, "has a NUL character");
    }
    return decoded;
  }

  private static String decode(String raw, String what) {
    // What Jetty makes of bytes that are neither escaped nor UTF-8.
    if (raw.indexOf(REPLACEMENT) >= 0) {
      throw wrong(what, raw, "is no UTF-8");
    }
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    byte[] encoded = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        decoded.put(encoded[i]);
        continue;
      }
      int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(encoded[i + 2], 16);
      if (low < 0) {
        throw wrong(what, raw, "has a % without two hexadecimal digits");
      }
      decoded.put((byte) (high * 16 + low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw wrong(what, raw, "is no UTF-8");
    }
  }

  private static HttpProblem wrong(String what, String raw, String reason) {
    return new HttpProblem(BAD_REQUEST, "'%s' in the %s %s".formatted(raw, what, reason));
  }
}
