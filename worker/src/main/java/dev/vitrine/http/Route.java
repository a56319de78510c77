package dev.vitrine.http;

import java.util.List;
import java.util.Optional;

/**
 * One method on one kind of path.
 *
 * @param template segments, of which {@code {name}} stands for any
 * @param open whether it is answered to callers that nobody knows
 * @param body what it takes, unless it streams
 */
public record Route(
    String method, String template, Endpoint endpoint, boolean open, RequestBody body) {

  /** A route for known callers that takes no body. */
  public static Route of(String method, String template, Endpoint.Whole endpoint) {
    return new Route(method, template, endpoint, false, RequestBody.NONE);
  }

  /** A route for known callers that streams. */
  public static Route streaming(String method, String template, Endpoint.Streaming endpoint) {
    return new Route(method, template, endpoint, false, RequestBody.NONE);
  }

  /** A route for everybody. */
  public static Route open(String method, String template, Endpoint.Whole endpoint) {
    return new Route(method, template, endpoint, true, RequestBody.NONE);
  }

  /** Routes for everybody to read what is there: GET, and HEAD, which balancers like to ask. */
  public static List<Route> readable(String template, Endpoint.Whole endpoint) {
    return List.of(open("GET", template, endpoint), open("HEAD", template, endpoint));
  }

  /** The same with a body. */
  public Route taking(RequestBody what) {
    return new Route(method, template, endpoint, open, what);
  }

  List<String> segments() {
    return Router.split(template);
  }

  /** The name in the braces, if the segment is a placeholder. */
  static Optional<String> placeholder(String segment) {
    return segment.startsWith("{") && segment.endsWith("}")
        ? Optional.of(segment.substring(1, segment.length() - 1))
        : Optional.empty();
  }
}
