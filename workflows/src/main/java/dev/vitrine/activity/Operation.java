package dev.vitrine.activity;

import dev.vitrine.access.Requester;
import dev.vitrine.error.Excerpt;
import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * One change of the registry that a workflow asks for.
 *
 * @param id the key under which the change happens at most once, however often it is asked for:
 *     {@code <workflow id>/<original run id>/<step>}
 * @param cause why, in words, for the history; cut where it is too long
 * @param by on whose behalf, for the history; null in what an older release asks for
 */
@Wire
public record Operation(
    String id, String workflowId, String runId, String cause, @Nullable Requester by) {

  public Operation {
    cause = Excerpt.message(cause);
  }

  /** On behalf of nobody who is known. */
  public Operation(String id, String workflowId, String runId, String cause) {
    this(id, workflowId, runId, cause, null);
  }
}
