package dev.vitrine.http;

import dev.vitrine.thread.LogKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All routes, as a tree of path segments. A literal segment goes before a placeholder, and no empty
 * segment stands for one: a path with a slash at its end is another path than the one without.
 */
public final class Router {

  private final Node root = new Node();
  private final List<Route> routes;
  private final Map<String, LogKey> named;

  /** A place in the tree. */
  private static final class Node {
    private final Map<String, Node> literals = new LinkedHashMap<>();
    private final Map<String, Route> byMethod = new TreeMap<>();
    private @Nullable Node placeholder;
  }

  /**
   * What a path leads to.
   *
   * @param parameters what stands for the placeholders, decoded
   * @param named what the log says of it
   */
  record Match(Route route, Map<String, String> parameters, Map<LogKey, String> named) {}

  /**
   * A router of these routes, of whose paths the log names no part.
   *
   * @throws IllegalArgumentException if two are for the same
   */
  public Router(Collection<Route> routes) {
    this(routes, Map.of());
  }

  /**
   * A router of these routes.
   *
   * @param named what the last placeholder of a template stands for, as {@code /a/{id}}: lines
   *     about requests for it and what lies below name that
   * @throws IllegalArgumentException if two are for the same
   */
  public Router(Collection<Route> routes, Map<String, LogKey> named) {
    this.named = Map.copyOf(named);
    this.routes = List.copyOf(routes);
    for (Route route : routes) {
      Node at = root;
      for (String segment : route.segments()) {
        at = child(at, segment);
      }
      if (at.byMethod.put(route.method(), route) != null) {
        throw new IllegalArgumentException(
            "two routes for %s %s".formatted(route.method(), route.template()));
      }
    }
  }

  /** Every route, in the order in which they were given. */
  public List<Route> routes() {
    return routes;
  }

  /**
   * Where a request goes.
   *
   * @param path decoded segments
   * @throws HttpProblem 404 for an unknown path, 405 with {@code Allow} for an unknown method
   */
  Match match(String method, List<String> path) {
    List<String> values = new ArrayList<>();
    Node found = require(path, values);
    Route route = found.byMethod.get(method);
    if (route == null) {
      String allowed = String.join(", ", found.byMethod.keySet());
      throw new HttpProblem(
          405,
          "%s is not possible on /%s; possible: %s"
              .formatted(method, String.join("/", path), allowed),
          Map.of("Allow", allowed));
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    int next = 0;
    for (String segment : route.segments()) {
      Optional<String> name = Route.placeholder(segment);
      if (name.isPresent()) {
        parameters.put(name.get(), values.get(next++));
      }
    }
    return new Match(route, parameters, named(route, parameters));
  }

  private Map<LogKey, String> named(Route route, Map<String, String> parameters) {
    Map<LogKey, String> found = new EnumMap<>(LogKey.class);
    named.forEach(
        (template, key) -> {
          if (isOrLiesBelow(route.template(), template)) {
            String last = template.substring(template.lastIndexOf('/') + 1);
            Route.placeholder(last).map(parameters::get).ifPresent(id -> found.put(key, id));
          }
        });
    return found;
  }

  private static boolean isOrLiesBelow(String template, String above) {
    return template.equals(above) || template.startsWith(above + "/");
  }

  /**
   * The methods that a path has, in alphabetical order; {@code OPTIONS} is every path's.
   *
   * @throws HttpProblem 404 for an unknown path
   */
  Set<String> methods(List<String> path) {
    return withOptions(require(path, new ArrayList<>()).byMethod.keySet());
  }

  /** The methods that any path has. */
  Set<String> methods() {
    return withOptions(routes.stream().map(Route::method).toList());
  }

  private static Set<String> withOptions(Collection<String> methods) {
    Set<String> all = new TreeSet<>(methods);
    all.add("OPTIONS");
    return all;
  }

  private Node require(List<String> path, List<String> values) {
    Node found = find(root, path, 0, values);
    if (found == null) {
      throw RequestTarget.nothingAt("/" + String.join("/", path));
    }
    return found;
  }

  /** The segments of a path: none of {@code /}, and an empty one after a slash at the end. */
  static List<String> split(String path) {
    String rest = path.startsWith("/") ? path.substring(1) : path;
    return rest.isEmpty() ? List.of() : List.of(rest.split("/", -1));
  }

  private static Node child(Node at, String segment) {
    if (Route.placeholder(segment).isEmpty()) {
      return at.literals.computeIfAbsent(segment, unused -> new Node());
    }
    if (at.placeholder == null) {
      at.placeholder = new Node();
    }
    return at.placeholder;
  }

  private static @Nullable Node find(Node at, List<String> path, int from, List<String> values) {
    if (from == path.size()) {
      return at.byMethod.isEmpty() ? null : at;
    }
    Node literal = at.literals.get(path.get(from));
    if (literal != null) {
      Node found = find(literal, path, from + 1, values);
      if (found != null) {
        return found;
      }
    }
    if (at.placeholder == null || path.get(from).isEmpty()) {
      return null;
    }
    values.add(path.get(from));
    Node found = find(at.placeholder, path, from + 1, values);
    if (found == null) {
      values.remove(values.size() - 1);
    }
    return found;
  }
}
