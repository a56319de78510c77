package dev.vitrine.webhook;

import dev.vitrine.web.WebAccess;
import java.time.Duration;
import java.util.List;

/**
 * Who is told, and how.
 *
 * @param web where requests may go to
 * @param timeout until an endpoint has answered
 * @param giveUpAfter how long an endpoint may take nothing until what is older becomes a dead
 *     letter
 */
public record WebhookConfig(
    List<Endpoint> endpoints, WebAccess web, Duration timeout, Duration giveUpAfter) {

  public WebhookConfig {
    endpoints = List.copyOf(endpoints);
  }
}
