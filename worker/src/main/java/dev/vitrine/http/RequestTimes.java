package dev.vitrine.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/** Tells an observer of each request, by what route it took and never by its path. */
record RequestTimes(RequestObserver observer) implements RequestLog {

  private static final String ROUTE = RequestTimes.class.getName() + ".route";
  private static final String SPAN = RequestTimes.class.getName() + ".span";

  /** Notes what follows a request. */
  static void follow(Request request, @Nullable RequestSpan span) {
    request.setAttribute(SPAN, span);
  }

  /** Notes which route a request takes. */
  static void remember(Request request, Route route) {
    request.setAttribute(ROUTE, route);
  }

  @Override
  public void log(Request request, Response response) {
    Route taken = request.getAttribute(ROUTE) instanceof Route found ? found : null;
    String method = taken == null ? "other" : taken.method();
    String route = taken == null ? "none" : taken.template();
    int status = response.getStatus();
    observer.over(method, route, status, NanoTime.since(request.getBeginNanoTime()));
    if (request.getAttribute(SPAN) instanceof RequestSpan span) {
      span.over(method, route, RequestLogContext.of(request), status);
    }
  }
}
