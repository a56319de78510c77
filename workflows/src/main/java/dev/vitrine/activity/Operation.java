package dev.vitrine.activity;

import dev.vitrine.error.Excerpt;
import dev.vitrine.json.Wire;

/**
 * One change of the registry that a workflow asks for.
 *
 * @param id the key under which the change happens at most once, however often it is asked for:
 *     {@code <workflow id>/<original run id>/<step>}
 * @param cause why, in words, for the history; cut where it is too long
 */
@Wire
public record Operation(String id, String workflowId, String runId, String cause) {

  public Operation {
    cause = Excerpt.message(cause);
  }
}
