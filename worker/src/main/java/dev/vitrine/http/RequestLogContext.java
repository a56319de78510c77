package dev.vitrine.http;

import dev.vitrine.thread.LogContext;
import dev.vitrine.thread.LogKey;
import java.util.Map;
import org.eclipse.jetty.server.Request;

/**
 * What the lines are about that are logged for a request, on whatever thread: the request, and what
 * its path names.
 */
final class RequestLogContext {

  private static final String ATTRIBUTE = RequestLogContext.class.getName();

  /** No id is longer; what else stands in its place is not worth a word in each line. */
  private static final int LONGEST = 64;

  private RequestLogContext() {}

  /** Notes the request. */
  static void begin(Request request, String requestId) {
    request.setAttribute(ATTRIBUTE, Map.of(LogKey.REQUEST, requestId));
  }

  /** Notes what its path names. */
  static void name(Request request, LogKey key, String id) {
    if (id.length() <= LONGEST) {
      Map<LogKey, String> before = of(request);
      request.setAttribute(
          ATTRIBUTE, Map.of(LogKey.REQUEST, before.getOrDefault(LogKey.REQUEST, ""), key, id));
    }
  }

  /** Does some work for a request. */
  static void during(Request request, Runnable work) {
    LogContext.during(of(request), work);
  }

  @SuppressWarnings("unchecked") // Nobody else has this attribute.
  private static Map<LogKey, String> of(Request request) {
    return request.getAttribute(ATTRIBUTE) instanceof Map<?, ?> about
        ? (Map<LogKey, String>) about
        : Map.of();
  }
}
