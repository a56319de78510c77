package dev.vitrine.http;

import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What never got to a route, a request that is no HTTP for example, is answered like any error. */
final class JettyErrors extends ErrorHandler {

  private static final int DEFECT = 500;

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    // Jetty has emptied the headers.
    String id = Dispatch.newRequestId();
    response.getHeaders().put(Dispatch.REQUEST_ID, id);
    int status = response.getStatus();
    Object reason = request.getAttribute(ERROR_MESSAGE);
    String message =
        status == DEFECT || reason == null
            ? "the request can't be answered"
            : "the request is wrong: " + reason;
    Answers.write(ErrorAnswers.of(status, message, id, Map.of()), response, callback);
    return true;
  }
}
