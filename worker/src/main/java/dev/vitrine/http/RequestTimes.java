package dev.vitrine.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/** Tells an observer of each request, by what route it took and never by its path. */
record RequestTimes(RequestObserver observer) implements RequestLog {

  private static final String ROUTE = RequestTimes.class.getName() + ".route";

  /** Notes which route a request takes. */
  static void remember(Request request, Route route) {
    request.setAttribute(ROUTE, route);
  }

  @Override
  public void log(Request request, Response response) {
    Route route = request.getAttribute(ROUTE) instanceof Route found ? found : null;
    observer.over(
        route == null ? "other" : route.method(),
        route == null ? "none" : route.template(),
        response.getStatus(),
        NanoTime.since(request.getBeginNanoTime()));
  }
}
