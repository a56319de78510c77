package dev.vitrine.http;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Every request's way: an id, the route, the caller, the body, the endpoint, the answer. A body
 * that comes slowly holds no thread.
 */
final class Dispatch extends Handler.Abstract {

  static final String REQUEST_ID = "x-openstack-request-id";

  private static final byte[] NO_BODY = {};

  /** How many threads are left to what waits for nobody, whatever else goes on. */
  private static final int SPARE = 4;

  private final Router router;
  private final CallerCheck callers;
  private final HttpLimits limits;
  private final InboundRules door;
  private final RequestObserver observer;
  private final BodyBudget budget;
  private final BoundedExecutor lane;
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
  private volatile boolean leaving;
  private volatile boolean draining;

  Dispatch(
      Router router,
      CallerCheck callers,
      HttpLimits limits,
      InboundRules door,
      Executor threads,
      RequestObserver observer) {
    this.router = router;
    this.callers = callers;
    this.limits = limits;
    this.door = door;
    this.observer = observer;
    this.budget = new BodyBudget(limits.bodyMemory());
    this.lane = new BoundedExecutor(threads, Math.max(1, limits.threads() - SPARE));
  }

  static String newRequestId() {
    return "req-" + UUID.randomUUID();
  }

  /** From now on every answer asks the client to take another connection for its next request. */
  void leave() {
    leaving = true;
  }

  /**
   * From now on whatever comes in on a connection that is open already is refused, and streams of
   * events end: their clients come back to another process.
   */
  void drain() {
    draining = true;
    open.forEach(Exchange::endEvents);
  }

  /**
   * Waits until everybody has been answered.
   *
   * @return whether that was within the patience
   */
  boolean awaitQuiet(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (open) {
      for (long left = patience.toNanos();
          left > 0 && !open.isEmpty();
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(open, left);
      }
    }
    return open.isEmpty();
  }

  /**
   * Tells whoever still waits for an answer that there won't be one.
   *
   * @param patience how long they may take to hear it
   */
  void abandon(Duration patience) throws InterruptedException {
    draining = true;
    open.forEach(exchange -> exchange.fail(stopping()));
    boolean unused = awaitQuiet(patience);
  }

  private void over(Exchange exchange) {
    open.remove(exchange);
    if (draining) {
      synchronized (open) {
        open.notifyAll();
      }
    }
  }

  private static Unavailable stopping() {
    return new Unavailable("this process is stopping; ask again, and another one answers");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String id = newRequestId();
    response.getHeaders().put(REQUEST_ID, id);
    Exchange exchange =
        new Exchange(request, response, callback, id, limits, budget, lane, this::over);
    open.add(exchange);
    RequestSpan span = observer.begun(id, name -> header(request, name));
    RequestTimes.follow(request, span);
    RequestLogContext.begin(request, id, span);
    RequestLogContext.during(
        request,
        () -> {
          try {
            dispatch(request, exchange, id);
          } catch (RuntimeException | Error e) {
            exchange.fail(e);
          }
        });
    return true;
  }

  private void dispatch(Request request, Exchange exchange, String id) {
    if (draining) {
      exchange.closeAfterwards();
      throw stopping();
    }
    if (leaving) {
      exchange.closeAfterwards();
    }
    door.requireWelcome(request);
    String path = request.getHttpURI().getPath();
    if (HttpMethod.OPTIONS.is(request.getMethod())) {
      if (leaving && asksOnlyWhetherItAnswers(path)) {
        throw stopping();
      }
      exchange.answer(possible(path));
      return;
    }
    Router.Match match = router.match(request.getMethod(), RequestTarget.path(path));
    RequestTimes.remember(request, match.route());
    match.named().forEach((key, value) -> RequestLogContext.name(request, key, value));
    if (match.route().open()) {
      serve(() -> call(request, id, null, match), match.route(), exchange);
      return;
    }
    CompletableFuture<Requester> caller = callers.check(request);
    boolean known = caller.isDone();
    var unused =
        caller.whenComplete(
            (by, error) -> {
              if (error != null) {
                exchange.fail(error);
                return;
              }
              AccessLog.remember(request, by);
              Runnable serve =
                  () -> serve(() -> call(request, id, by, match), match.route(), exchange);
              // Who tells who calls has other things to do.
              if (known) {
                lane.runOrWait(serve);
              } else {
                lane.execute(serve);
              }
            });
  }

  /**
   * @param asked reads the request, which may be refused for what it is
   */
  private void serve(Supplier<Call> asked, Route route, Exchange exchange) {
    RequestLogContext.during(
        exchange.request(),
        () -> {
          try {
            serve(asked.get(), route, exchange);
          } catch (RuntimeException | Error e) {
            exchange.fail(e);
          }
        });
  }

  private void serve(Call call, Route route, Exchange exchange) {
    if (route.endpoint() instanceof Endpoint.Streaming streaming) {
      streaming.serve(call, exchange);
    } else if (route.body() == RequestBody.NONE) {
      answer(route.endpoint(), call, exchange);
    } else {
      readAndAnswer(call, route, exchange);
    }
  }

  private void readAndAnswer(Call call, Route route, Exchange exchange) {
    AllowedHosts neighbours = door.neighbours();
    if (neighbours != null && !exchange.inflow().whole()) {
      neighbours.requireJson(call);
    }
    WholeBody body =
        new WholeBody(
            exchange.request().getLength(), route.body().largest(limits.jsonBodySize()), budget);
    exchange.atAnswer(body::release);
    CompletableFuture<byte[]> whole = body.read(exchange.inflow());
    // This thread may wait for an endpoint; one that brings the rest of a body may not.
    Executor executor = whole.isDone() ? Runnable::run : lane;
    var unused =
        whole
            .thenAcceptAsync(
                bytes ->
                    RequestLogContext.during(
                        exchange.request(),
                        () -> answer(route.endpoint(), call.with(bytes), exchange)),
                executor)
            .exceptionally(
                error -> {
                  exchange.fail(error);
                  return null;
                });
  }

  /** What HAProxy's plain check asks. */
  private static boolean asksOnlyWhetherItAnswers(@Nullable String path) {
    return "*".equals(path) || "/".equals(path);
  }

  /** 200 and not 204, as the reference and as balancers like it. */
  private Answer possible(@Nullable String path) {
    Set<String> methods =
        "*".equals(path) ? router.methods() : router.methods(RequestTarget.path(path));
    return new Answer(200, Map.of("Allow", String.join(", ", methods)), NO_BODY);
  }

  private static void answer(Endpoint endpoint, Call call, Exchange exchange) {
    if (endpoint instanceof Endpoint.Whole whole) {
      exchange.answer(whole.answer(call));
    }
  }

  /** A header that is there several times is one list. Source: RFC 9110, section 5.3. */
  private static @Nullable String header(Request request, String name) {
    List<String> values = request.getHeaders().getValuesList(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  private Call call(Request request, String id, @Nullable Requester by, Router.Match match) {
    return new Call(
        id,
        by == null ? null : by.in(id),
        match.parameters(),
        RequestTarget.query(request.getHttpURI().getQuery()),
        name -> header(request, name),
        NO_BODY,
        door.origin(request));
  }
}
