package dev.vitrine.http;

import dev.vitrine.access.Requester;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Request;

/** Tells who calls. Thread-safe. */
@FunctionalInterface
public interface CallerCheck {

  /**
   * Who calls: at once if that is known here, later if somebody else has to be asked. Doesn't
   * block.
   *
   * @return fails with a {@link dev.vitrine.error.VitrineException} or {@link HttpProblem} if
   *     nobody knows the caller, or can be asked
   */
  CompletableFuture<Requester> check(Request request);
}
