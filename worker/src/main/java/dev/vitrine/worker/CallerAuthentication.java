package dev.vitrine.worker;

import dev.vitrine.access.Requester;
import dev.vitrine.auth.Authenticator;
import dev.vitrine.auth.Caller;
import dev.vitrine.auth.RequestHead;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.http.CallerCheck;
import dev.vitrine.http.HttpProblem;
import dev.vitrine.thread.DaemonThreads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;

/**
 * Who calls the API, asked of an authenticator; who is not known is told how to become so. Whoever
 * the authenticator knows waits for nobody; the others are asked about by threads of their own, so
 * many at once, and beyond that told to come again.
 */
final class CallerAuthentication implements CallerCheck {

  /** As many as ask somebody else at once, and so often more wait for their turn. */
  private static final int ASKING = 32;

  private static final int WAITING = 256;

  private final Authenticator authenticator;
  private final Executor asking;

  CallerAuthentication(Authenticator authenticator) {
    this(authenticator, threads());
  }

  /**
   * @param asking rejects what it has no room for
   */
  CallerAuthentication(Authenticator authenticator, Executor asking) {
    this.authenticator = authenticator;
    this.asking = asking;
  }

  private static Executor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            ASKING,
            ASKING,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            DaemonThreads.named("vitrine-caller-check"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Override
  public CompletableFuture<Requester> check(Request request) {
    Head head = new Head(request);
    try {
      return told(() -> authenticator.recall(head))
          .map(known -> CompletableFuture.completedFuture(known.requester()))
          .orElseGet(() -> ask(head));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Requester> ask(RequestHead head) {
    try {
      return CompletableFuture.supplyAsync(
              () -> told(() -> authenticator.authenticate(head)), asking)
          .thenApply(Caller::requester);
    } catch (RejectedExecutionException full) {
      throw new Unavailable(
          "too many callers are being asked about at present; send the request again");
    }
  }

  /** The answer; who calls is told how to become known if it is that they aren't. */
  private <T> T told(Supplier<T> question) {
    try {
      return question.get();
    } catch (Unauthenticated unknown) {
      throw new HttpProblem(
          401,
          String.valueOf(unknown.getMessage()),
          authenticator
              .challenge()
              .map(challenge -> Map.of("WWW-Authenticate", challenge))
              .orElse(Map.of()));
    }
  }

  private record Head(Request request) implements RequestHead {

    @Override
    public List<String> headers(String name) {
      return request.getHeaders().getValuesList(name);
    }

    /** Of the connection itself: what proxies say in headers has no part in it. */
    @Override
    public InetAddress peer() {
      if (request.getConnectionMetaData().getConnection().getEndPoint().getRemoteSocketAddress()
          instanceof InetSocketAddress peer) {
        return peer.getAddress();
      }
      throw new Unauthenticated("the connection has ended");
    }
  }
}
