package dev.vitrine.activity;

import io.temporal.activity.ActivityInterface;

/** The telling of others what has changed. */
@ActivityInterface
public interface WebhookActivities {

  /**
   * Tells an endpoint of every change that it has not been told of, in their order, and of those
   * that come meanwhile, for some minutes. A change is noted as told once the endpoint has taken
   * it, so that a repeat goes on there; the one that was being told then is told again.
   *
   * <p>Heartbeats, and continues anywhere. What the endpoint does not take is no failure of this.
   */
  DeliveryPass deliver(String endpoint);
}
