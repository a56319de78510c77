package dev.vitrine.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request whose body or answer streams: Jetty's three parts, and the one answer. */
public final class Exchange {

  /** How long a client that was told already may go on sending before it is cut off. */
  private static final Duration LINGER = Duration.ofSeconds(10);

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

  /** The body as a stream; asked for once. Whoever asked closes it. */
  public BodyStream body() {
    return new BodyStream(request);
  }

  /**
   * Answers while the client may still be sending, unless somebody has. What still comes of the
   * body is read and thrown away for a while, because a connection that is closed over unread data
   * takes the answer with it before the client has read it.
   */
  public void answer(Answer answer, BodyStream unread) {
    if (begin()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      Answers.write(
          answer,
          response,
          Callback.from(
              () ->
                  unread.drain(request.getComponents().getScheduler(), LINGER, callback::succeeded),
              callback::failed));
    }
  }

  /** As {@link #answer(Answer, BodyStream)}, with an error. */
  public void fail(Throwable error, BodyStream unread) {
    answer(ErrorAnswers.of(error, requestId), unread);
  }

  /** Answers, unless somebody has. */
  public void answer(Answer answer) {
    if (begin()) {
      Answers.write(answer, response, callback);
    }
  }

  /** Answers once the answer is there, unless somebody has. */
  public void answer(CompletableFuture<Answer> answer) {
    var unused =
        answer.whenComplete(
            (done, error) -> {
              if (error == null) {
                answer(done);
              } else {
                Throwable cause = error instanceof CompletionException ? error.getCause() : null;
                fail(cause == null ? error : cause);
              }
            });
  }

  /** Answers with an error, unless somebody has. */
  public void fail(Throwable error) {
    answer(ErrorAnswers.of(error, requestId));
  }
}
