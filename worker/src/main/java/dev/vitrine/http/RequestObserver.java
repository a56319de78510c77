package dev.vitrine.http;

/** Is told of every request once it is over. Must be quick. Thread-safe. */
@FunctionalInterface
public interface RequestObserver {

  /** Sees nothing. */
  RequestObserver NONE = (method, route, status, nanos) -> {};

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
