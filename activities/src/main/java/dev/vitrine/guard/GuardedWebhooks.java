package dev.vitrine.guard;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.registry.Deliveries;
import dev.vitrine.registry.Deliveries.DeadLetter;
import dev.vitrine.registry.Deliveries.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks were told, as a requester may know and change it. Safe for use by many threads.
 * Every method throws a {@link dev.vitrine.error.VitrineException}: the refusal, or the registry's.
 */
public final class GuardedWebhooks {

  private final Deliveries deliveries;
  private final ImageAccess access;

  public GuardedWebhooks(Deliveries deliveries, ImageAccess access) {
    this.deliveries = deliveries;
    this.access = access;
  }

  /** Every endpoint that was ever told anything. */
  public List<Progress> list(Requester by) {
    access.require(ImageOperation.MANAGE_WEBHOOKS, by);
    return deliveries.all();
  }

  /** How many dead letters an endpoint has. */
  public long countDeadLetters(String endpoint, Requester by) {
    access.require(ImageOperation.MANAGE_WEBHOOKS, by);
    return deliveries.countDeadLetters(endpoint);
  }

  /** A page of an endpoint's dead letters, oldest first, after one; 0 for the first page. */
  public List<DeadLetter> deadLetters(String endpoint, long after, int limit, Requester by) {
    requireEndpoint(endpoint, by);
    return limit == 0 ? List.of() : deliveries.deadLetters(endpoint, after, limit);
  }

  /**
   * Has dead letters sent again.
   *
   * @param event which one; null for all
   * @return how many
   */
  public int sendAgain(String endpoint, @Nullable Long event, Requester by) {
    requireEndpoint(endpoint, by);
    return deliveries.sendAgain(endpoint, event);
  }

  private void requireEndpoint(String endpoint, Requester by) {
    if (list(by).stream().noneMatch(known -> known.endpoint().equals(endpoint))) {
      throw new NotFound("webhook %s was never told anything; list them".formatted(endpoint));
    }
  }
}
