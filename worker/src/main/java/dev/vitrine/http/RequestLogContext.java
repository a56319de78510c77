package dev.vitrine.http;

import dev.vitrine.thread.LogContext;
import dev.vitrine.thread.LogKey;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What the lines are about that are logged for a request, on whatever thread: the request, and what
 * its path names.
 */
final class RequestLogContext {

  private static final String ATTRIBUTE = RequestLogContext.class.getName();

  /** No id is longer; what else stands in its place is not worth a word in each line. */
  private static final int LONGEST = 64;

  private RequestLogContext() {}

  /**
   * Notes the request.
   *
   * @param span what follows it; null for nothing
   */
  static void begin(Request request, String requestId, @Nullable RequestSpan span) {
    Map<LogKey, String> about = new EnumMap<>(LogKey.class);
    about.put(LogKey.REQUEST, requestId);
    if (span != null) {
      about.put(LogKey.TRACE, span.traceParent());
    }
    request.setAttribute(ATTRIBUTE, Map.copyOf(about));
  }

  /** Notes what its path names. */
  static void name(Request request, LogKey key, String id) {
    if (id.length() <= LONGEST) {
      Map<LogKey, String> about = new EnumMap<>(LogKey.class);
      about.putAll(of(request));
      about.put(key, id);
      request.setAttribute(ATTRIBUTE, Map.copyOf(about));
    }
  }

  /** Does some work for a request. */
  static void during(Request request, Runnable work) {
    LogContext.during(of(request), work);
  }

  /** What they are about. */
  @SuppressWarnings("unchecked") // Nobody else has this attribute.
  static Map<LogKey, String> of(Request request) {
    return request.getAttribute(ATTRIBUTE) instanceof Map<?, ?> about
        ? (Map<LogKey, String>) about
        : Map.of();
  }
}
