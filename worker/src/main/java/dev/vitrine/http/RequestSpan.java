package dev.vitrine.http;

import dev.vitrine.thread.LogKey;
import java.util.Map;

/** What follows one request from its beginning to its end. Must be quick. Thread-safe. */
public interface RequestSpan {

  /**
   * What all that is done for the request belongs to, in the form of {@code traceparent}: on each
   * thread that works for it, lines are about it, too.
   */
  String traceParent();

  /**
   * The request is over; called once.
   *
   * @param method of the route; {@code other} where none was found
   * @param route its template; {@code none} where none was found
   * @param about what its path names, as it stands there
   * @param status of the answer
   */
  void over(String method, String route, Map<LogKey, String> about, int status);
}
