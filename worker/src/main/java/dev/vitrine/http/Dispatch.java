package dev.vitrine.http;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Unavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
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

  private final Router router;
  private final CallerCheck callers;
  private final HttpLimits limits;
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  Dispatch(Router router, CallerCheck callers, HttpLimits limits) {
    this.router = router;
    this.callers = callers;
    this.limits = limits;
  }

  static String newRequestId() {
    return "req-" + UUID.randomUUID();
  }

  /** From now on whatever comes in on a connection that is open already is refused. */
  void drain() {
    draining = true;
  }

  /**
   * Tells whoever still waits for an answer that there won't be one.
   *
   * @param patience how long they may take to hear it
   */
  void abandon(Duration patience) throws InterruptedException {
    draining = true;
    open.forEach(exchange -> exchange.fail(stopping()));
    long end = System.nanoTime() + patience.toNanos();
    synchronized (open) {
      for (long left = patience.toNanos();
          left > 0 && !open.isEmpty();
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(open, left);
      }
    }
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
    Exchange exchange = new Exchange(request, response, callback, id, this::over);
    open.add(exchange);
    try {
      dispatch(request, exchange, id);
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
    return true;
  }

  private void dispatch(Request request, Exchange exchange, String id) {
    if (draining) {
      exchange.closeAfterwards();
      throw stopping();
    }
    String path = request.getHttpURI().getPath();
    if (HttpMethod.OPTIONS.is(request.getMethod())) {
      exchange.answer(possible(path));
      return;
    }
    Router.Match match = router.match(request.getMethod(), RequestTarget.path(path));
    Requester by = null;
    if (!match.route().open()) {
      by = callers.check(request);
      AccessLog.remember(request, by);
    }
    Call call = call(request, id, by, match);
    if (match.route().endpoint() instanceof Endpoint.Streaming streaming) {
      streaming.serve(call, exchange);
      return;
    }
    CompletableFuture<byte[]> body =
        WholeBody.read(exchange.inflow(), request.getLength(), limits.jsonBodySize());
    // This thread may wait for an endpoint; one that brings the rest of a body may not.
    Executor executor = body.isDone() ? Runnable::run : getServer().getThreadPool();
    var unused =
        body.thenAcceptAsync(
                whole -> answer(match.route().endpoint(), call.with(whole), exchange), executor)
            .exceptionally(
                error -> {
                  exchange.fail(error);
                  return null;
                });
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
    } else if (endpoint instanceof Endpoint.Later later) {
      exchange.answer(later.answer(call));
    }
  }

  private Call call(Request request, String id, @Nullable Requester by, Router.Match match) {
    return new Call(
        id,
        by,
        match.parameters(),
        RequestTarget.query(request.getHttpURI().getQuery()),
        request.getHeaders()::get,
        NO_BODY,
        origin(request));
  }

  private String origin(Request request) {
    String configured = limits.publicEndpoint();
    if (configured != null) {
      return configured;
    }
    HttpURI uri = request.getHttpURI();
    String authority = uri.getAuthority();
    return uri.getScheme()
        + "://"
        // HTTP/1.0 has no Host header.
        + (authority == null
            ? Request.getServerName(request) + ":" + Request.getServerPort(request)
            : authority);
  }
}
