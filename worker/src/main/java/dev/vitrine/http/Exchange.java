package dev.vitrine.http;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request whose body or answer streams: Jetty's three parts, and the one answer. */
public final class Exchange {

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final String requestId;
  private final AtomicBoolean answered = new AtomicBoolean();

  Exchange(Request request, Response response, Callback callback, String requestId) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.requestId = requestId;
  }

  /** The request, for its body. */
  public Request request() {
    return request;
  }

  /** The response, for who has called {@link #begin}. */
  public Response response() {
    return response;
  }

  /**
   * Claims the right to answer; whoever gets it writes the response and ends by {@link #end}.
   *
   * @return false if somebody else answers
   */
  public boolean begin() {
    return !answered.getAndSet(true);
  }

  /** Ends an answer that was begun: well if the error is null, else by cutting it off. */
  public Callback end() {
    return callback;
  }

  /** Answers, unless somebody has. */
  public void answer(Answer answer) {
    if (begin()) {
      Answers.write(answer, response, callback);
    }
  }

  /** Answers with an error, unless somebody has. */
  public void fail(Throwable error) {
    answer(ErrorAnswers.of(error, requestId));
  }
}
