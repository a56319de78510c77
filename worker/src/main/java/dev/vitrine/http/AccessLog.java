package dev.vitrine.http;

import dev.vitrine.access.Requester;
import dev.vitrine.text.Printable;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line a request, once it is over: {@code GET /v2/images/… 200 1234 bytes 5 ms req-… alice/acme}.
 * The path is as it came, still encoded, and without the query, which may say what is nobody's
 * business.
 */
final class AccessLog implements RequestLog {

  static final String LOGGER = "dev.vitrine.access";

  private static final Logger log = LoggerFactory.getLogger(LOGGER);
  private static final String CALLER = AccessLog.class.getName() + ".caller";

  /** Notes who makes a request. */
  static void remember(Request request, Requester caller) {
    request.setAttribute(CALLER, caller);
  }

  @Override
  public void log(Request request, Response response) {
    if (!log.isInfoEnabled()) {
      return;
    }
    RequestLogContext.during(request, () -> write(request, response));
  }

  private static void write(Request request, Response response) {
    log.info(
        "{} {} {} {} bytes {} ms {} {}",
        Printable.escape(String.valueOf(request.getMethod())),
        Printable.escape(String.valueOf(request.getHttpURI().getPath())),
        response.getStatus(),
        Response.getContentBytesWritten(response),
        TimeUnit.NANOSECONDS.toMillis(NanoTime.since(request.getBeginNanoTime())),
        response.getHeaders().get(Dispatch.REQUEST_ID),
        request.getAttribute(CALLER) instanceof Requester caller
            ? Printable.escape(caller.user() + "/" + caller.project())
            : "-");
  }
}
