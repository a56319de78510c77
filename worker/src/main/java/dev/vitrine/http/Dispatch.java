package dev.vitrine.http;

import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.Requester;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.URIUtil;
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
  private volatile boolean draining;

  Dispatch(Router router, CallerCheck callers, HttpLimits limits) {
    this.router = router;
    this.callers = callers;
    this.limits = limits;
  }

  /** From now on whatever comes in on a connection that is open already is refused. */
  void drain() {
    draining = true;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String id = "req-" + UUID.randomUUID();
    response.getHeaders().put(REQUEST_ID, id);
    Exchange exchange = new Exchange(request, response, callback, id);
    try {
      dispatch(request, exchange, id);
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
    return true;
  }

  private void dispatch(Request request, Exchange exchange, String id) {
    if (draining) {
      exchange.response().getHeaders().put(HttpHeader.CONNECTION, "close");
      throw new Unavailable("this process is stopping; ask again, and another one answers");
    }
    Router.Match match = router.match(request.getMethod(), path(request));
    Requester by = match.route().open() ? null : callers.check(request);
    if (match.route().endpoint() instanceof Endpoint.Streaming streaming) {
      streaming.serve(call(request, id, by, match, NO_BODY), exchange);
    } else if (hasBody(request)) {
      read(request, exchange, body -> answer(call(request, id, by, match, body), match, exchange));
    } else {
      answer(call(request, id, by, match, NO_BODY), match, exchange);
    }
  }

  private static void answer(Call call, Router.Match match, Exchange exchange) {
    if (match.route().endpoint() instanceof Endpoint.Whole whole) {
      exchange.answer(whole.answer(call));
    } else if (match.route().endpoint() instanceof Endpoint.Later later) {
      exchange.answer(later.answer(call));
    }
  }

  private Call call(
      Request request, String id, @Nullable Requester by, Router.Match match, byte[] body) {
    return new Call(
        id,
        by,
        match.parameters(),
        query(request),
        request.getHeaders()::get,
        body,
        origin(request));
  }

  private static List<String> path(Request request) {
    List<String> decoded = new ArrayList<>();
    for (String segment : Router.split(request.getHttpURI().getCanonicalPath())) {
      decoded.add(URIUtil.decodePath(segment));
    }
    return decoded;
  }

  private static Map<String, List<String>> query(Request request) {
    if (request.getHttpURI().getQuery() == null) {
      return Map.of();
    }
    Fields fields;
    try {
      fields = Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw new HttpProblem(400, "the query string can't be read: " + e.getMessage());
    }
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (Fields.Field field : fields) {
      query.put(field.getName(), field.getValues());
    }
    return query;
  }

  private String origin(Request request) {
    String configured = limits.publicEndpoint();
    if (configured != null) {
      return configured;
    }
    HttpURI uri = request.getHttpURI();
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** Reads the body as it comes, and goes on with it on a thread that may wait. */
  private void read(Request request, Exchange exchange, Consumer<byte[]> then) {
    if (request.getLength() > limits.jsonBodySize()) {
      throw bodyTooLarge();
    }
    Content.Source.asByteArrayAsync(
        request,
        limits.jsonBodySize(),
        new Promise.Invocable.NonBlocking<>() {
          @Override
          public void succeeded(byte[] body) {
            getServer()
                .getThreadPool()
                .execute(
                    () -> {
                      try {
                        then.accept(body);
                      } catch (RuntimeException e) {
                        exchange.fail(e);
                      }
                    });
          }

          @Override
          public void failed(Throwable error) {
            exchange.fail(brokenBody(error));
          }
        });
  }

  private RuntimeException brokenBody(Throwable cause) {
    if (cause instanceof IllegalStateException) {
      return bodyTooLarge();
    }
    if (cause instanceof HttpException || cause instanceof CharacterCodingException) {
      return new HttpProblem(400, "the body can't be read: " + cause.getMessage());
    }
    return new HttpProblem(400, "the body broke off: " + cause.getMessage());
  }

  private TooLarge bodyTooLarge() {
    return new TooLarge(
        "the body is larger than the %d bytes that a request may have"
            .formatted(limits.jsonBodySize()));
  }
}
