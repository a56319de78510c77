package dev.vitrine.http;

import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What never got to a route, a request that is no HTTP for example, is answered like any error. */
final class JettyErrors extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String id = response.getHeaders().get(Dispatch.REQUEST_ID);
    Object message = request.getAttribute(ERROR_MESSAGE);
    Answers.write(
        ErrorAnswers.of(
            response.getStatus(),
            message == null ? "the request can't be answered" : message.toString(),
            id == null ? newId() : id,
            Map.of()),
        response,
        callback);
    return true;
  }

  private static String newId() {
    return "req-" + UUID.randomUUID();
  }
}
