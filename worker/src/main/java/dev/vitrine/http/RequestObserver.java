package dev.vitrine.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Is told of every request once it is over. Must be quick. Thread-safe. */
@FunctionalInterface
public interface RequestObserver {

  /** Sees nothing. */
  RequestObserver NONE = (method, route, status, nanos) -> {};

  /**
   * A request has begun.
   *
   * @param headers a header's value by its name, in any case; that of several is a list
   * @return what follows it; null for nothing
   */
  default @Nullable RequestSpan begun(
      String requestId, Function<String, @Nullable String> headers) {
    return null;
  }

  /**
   * A request is over.
   *
   * @param method of the route; {@code other} where none was found
   * @param route its template, {@code /v2/images/{id}}; {@code none} where none was found
   * @param status of the answer
   * @param nanos from its first byte to the last one of the answer
   */
  void over(String method, String route, int status, long nanos);
}
