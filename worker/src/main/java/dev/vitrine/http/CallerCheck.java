package dev.vitrine.http;

import dev.vitrine.access.Requester;
import org.eclipse.jetty.server.Request;

/** Tells who calls. Thread-safe; may block while it asks somebody else. */
@FunctionalInterface
public interface CallerCheck {

  /**
   * Who calls.
   *
   * @throws dev.vitrine.error.VitrineException if nobody knows the caller, or can be asked
   */
  Requester check(Request request);
}
