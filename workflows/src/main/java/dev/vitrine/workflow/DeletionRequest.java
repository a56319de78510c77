package dev.vitrine.workflow;

import dev.vitrine.access.Requester;
import dev.vitrine.json.Wire;
import java.time.Duration;
import java.util.UUID;

/**
 * One deletion.
 *
 * @param delay the scrub time: how long the data is kept; zero for an immediate deletion
 */
@Wire
public record DeletionRequest(UUID imageId, Requester by, Duration delay) {

  @SuppressWarnings("ConstantValue")
  public DeletionRequest {
    delay = delay == null || delay.isNegative() ? Duration.ZERO : delay;
  }
}
