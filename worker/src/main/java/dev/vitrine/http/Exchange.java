package dev.vitrine.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A request and its one answer. Thread-safe.
 *
 * <p>The answer may come while the client still sends. What still comes of the body is then read
 * and thrown away for a while, because a connection that is closed over unread data takes the
 * answer with it before the client has read it.
 */
public final class Exchange {

  /** How long a client that was told already may go on sending before it is cut off. */
  private static final Duration LINGER = Duration.ofSeconds(30);

  /** Of a body that nobody wants, so much is read at once to keep the connection. */
  private static final int SKIPPED = 256 * 1024;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final String requestId;
  private final IncomingBody inflow;
  private final BodyStream body;
  private final HttpLimits limits;
  private final BodyBudget budget;
  private final Executor lane;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final List<Runnable> atAnswer = new CopyOnWriteArrayList<>();
  private volatile @Nullable EventStream events;

  /**
   * @param budget what collected bodies take of
   * @param lane for what may block
   * @param over called once the client has the answer, or can't get it any more
   */
  Exchange(
      Request request,
      Response response,
      Callback callback,
      String requestId,
      HttpLimits limits,
      BodyBudget budget,
      Executor lane,
      Consumer<Exchange> over) {
    this.request = request;
    this.response = response;
    this.callback = Callback.from(callback, () -> over.accept(this));
    this.requestId = requestId;
    this.limits = limits;
    this.budget = budget;
    this.lane = lane;
    this.inflow = new IncomingBody(request);
    inflow.require(limits.bodyRate());
    this.body = new BodyStream(inflow);
    // A connection on which nothing moves because this side is at work is not idle.
    request.addIdleTimeoutListener(timeout -> false);
  }

  /** The request, for its headers and its length. */
  public Request request() {
    return request;
  }

  /** Claims the right to answer; false if somebody else has it. */
  private boolean begin() {
    boolean first = !answered.getAndSet(true);
    if (first) {
      atAnswer.forEach(Runnable::run);
    }
    return first;
  }

  /** The client is to take another connection for its next request. */
  void closeAfterwards() {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
  }

  /** Runs when the answer begins, and nobody needs the body any more. */
  void atAnswer(Runnable work) {
    atAnswer.add(work);
  }

  /** The body as a stream, always the same; the answer closes it. */
  public BodyStream body() {
    return body;
  }

  /** From now on the body may come as slowly as one that streams. */
  public void awaitStream() {
    inflow.require(limits.streamRate());
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    connection.setIdleTimeout(limits.streamIdleTimeout().toMillis());
    atAnswer(() -> connection.setIdleTimeout(limits.idleTimeout().toMillis()));
  }

  /**
   * Collects the body in memory, if that has room for it; once, and before {@link #body} is read.
   *
   * @param length in bytes, as declared
   * @param within how long it may take
   * @return completes on a thread that may block; fails if the body breaks off
   */
  public CompletableFuture<CollectedBody> collectBody(int length, Duration within) {
    if (!budget.take(length)) {
      return CompletableFuture.completedFuture(new CollectedBody(body, false));
    }
    atAnswer(() -> budget.give(length));
    return new BodyCollector(inflow, body, length, ofThisRequest())
        .collect(within, request.getComponents().getScheduler());
  }

  /** What runs there is about this request, too. */
  private Executor ofThisRequest() {
    return work -> lane.execute(() -> RequestLogContext.during(request, work));
  }

  IncomingBody inflow() {
    return inflow;
  }

  /** Answers, unless somebody has. */
  public void answer(Answer answer) {
    if (!begin()) {
      return;
    }
    Answers.write(answer, response, endBody());
  }

  /**
   * Takes the body from its reader. Only what leaves nothing of it behind keeps the connection, and
   * the answer says so: what is left would be taken for the next request.
   *
   * @return what the answer completes once it is written
   */
  private Callback endBody() {
    body.close();
    if (!inflow.awaitsContinue()) {
      inflow.skip(SKIPPED);
    }
    if (!inflow.leavesConnectionClean()) {
      closeAfterwards();
    }
    return inflow.ended() || inflow.awaitsContinue()
        ? callback
        : Callback.from(this::linger, callback::failed);
  }

  /** Gives the next bytes of an answer's body. */
  @FunctionalInterface
  public interface Reading {
    /** Fills the buffer as far as it can; -1 at the end. May wait. */
    int into(ByteBuffer buffer);
  }

  /**
   * Answers with a body that is read as the client takes it, unless somebody has.
   *
   * @param headers with {@code Content-Length} if it is known
   * @param close called at the end, however it ends
   */
  public void stream(int status, Map<String, String> headers, Reading reading, Runnable close) {
    if (!begin()) {
      close.run();
      return;
    }
    Callback written = endBody();
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
    new OutgoingStream(
            reading, close, response, request.getComponents().getByteBufferPool(), written)
        .iterate();
  }

  /**
   * One event of a stream.
   *
   * @param document one line of text
   * @param last whether nothing comes after it
   * @param isFramed whether the document is one event or more as they are on the wire
   */
  @SuppressWarnings("ArrayRecordComponent") // Written once.
  public record Event(byte[] document, boolean last, boolean isFramed) {

    /** One line. */
    public Event(byte[] document, boolean last) {
      this(document, last, false);
    }

    /** Events that have ids and names of their own, or a comment. */
    public static Event framed(byte[] events) {
      return new Event(events, false, true);
    }
  }

  /** Where events come from. */
  @FunctionalInterface
  public interface Events {
    /**
     * Tells the stream of each event, on any thread.
     *
     * @return ends that; called once
     */
    Runnable subscribe(EventSink stream);
  }

  /** A stream that can be told of events. Doesn't block. */
  public interface EventSink {
    /** Tells what is to be seen now; only what has changed is sent. */
    void next(Event event);

    /** Whether the client was sent all that was told: then nothing is overtaken by what is next. */
    boolean isTaken();

    /** Breaks the stream off. */
    void failed(Throwable cause);
  }

  /** Answers with server-sent events until there is a last one, unless somebody has answered. */
  public void events(Events events) {
    if (!begin()) {
      return;
    }
    Callback written = endBody();
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    EventStream stream = new EventStream(response, written);
    this.events = stream;
    stream.begin(events);
  }

  /** Ends the stream of events, if the answer is one; what was told before is sent. */
  void endEvents() {
    EventStream stream = events;
    if (stream != null) {
      stream.end();
    }
  }

  /** Answers with an error, unless somebody has. */
  public void fail(Throwable error) {
    Throwable cause = error.getCause();
    Throwable own = error instanceof CompletionException && cause != null ? cause : error;
    RequestLogContext.during(request, () -> answer(ErrorAnswers.of(own, requestId)));
  }

  /** Reads on until the client has sent everything, or the patience is over. */
  private void linger() {
    AtomicBoolean over = new AtomicBoolean();
    Runnable end =
        () -> {
          if (!over.getAndSet(true)) {
            callback.succeeded();
          }
        };
    Scheduler.Task patience =
        request
            .getComponents()
            .getScheduler()
            .schedule(end, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    inflow.pump(
        new IncomingBody.Sink() {
          @Override
          public boolean take(ByteBuffer piece) {
            return !over.get();
          }

          @Override
          public void end(@Nullable Throwable failure) {
            patience.cancel();
            end.run();
          }
        });
  }
}
