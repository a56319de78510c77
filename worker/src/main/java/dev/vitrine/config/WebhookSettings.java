package dev.vitrine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.web.AddressRange;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is told what changes.
 *
 * @param addresses where requests may go besides public ones
 * @param timeout until an endpoint has answered
 * @param giveUpAfter how long an endpoint may take nothing until what is older is a dead letter
 * @param retention how long a dead letter is kept, and the place of an endpoint that is not listed
 *     any more
 */
public record WebhookSettings(
    List<Target> endpoints,
    List<AddressRange> addresses,
    Duration timeout,
    Duration giveUpAfter,
    Duration retention) {

  /** Each holds a thread of every process that runs workflows while it delivers. */
  static final int MOST = 16;

  private static final Set<String> KEYS = Set.of("name", "url", "secret-file");

  private static final String ACCEPTED =
      "a list of endpoints in a file, each with name, url and secret-file";

  /**
   * One endpoint.
   *
   * @param secretFile has what events are signed with
   */
  public record Target(String name, URI url, Path secretFile) {}

  public WebhookSettings {
    endpoints = List.copyOf(endpoints);
    addresses = List.copyOf(addresses);
  }

  /**
   * Requires that what is told is still known when it is given up.
   *
   * @throws Invalid if a task's history goes before
   */
  void requireWithin(Duration taskTimeToLive) {
    if (!endpoints.isEmpty() && giveUpAfter.compareTo(taskTimeToLive) >= 0) {
      throw new Invalid(
          "webhooks.give-up-after is %s and registry.task-time-to-live %s: an event is read from the history, which goes with its task; give up before"
              .formatted(giveUpAfter, taskTimeToLive));
    }
  }

  static WebhookSettings read(SettingsReader in) {
    return new WebhookSettings(
        targets(in, "webhooks.endpoints"),
        new WebRulesReader(in).addresses("webhooks.addresses"),
        in.duration("webhooks.timeout", Duration.ofSeconds(1), Duration.ofSeconds(20)),
        in.duration("webhooks.give-up-after", Duration.ofMinutes(1)),
        // A process says every hour which endpoints are listed.
        in.duration("webhooks.retention", Duration.ofDays(1)));
  }

  private static List<Target> targets(SettingsReader in, String key) {
    JsonNode node = in.node(key);
    if (!node.isArray()) {
      throw in.wrong(key, node.isNull() ? "" : node.asText(), ACCEPTED);
    }
    if (node.size() > MOST) {
      throw in.wrong(key, node.size() + " endpoints", "at most " + MOST);
    }
    List<Target> targets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < node.size(); i++) {
      if (!node.get(i).isObject()) {
        throw in.wrong(key, node.get(i).asText(), ACCEPTED);
      }
      String element = "%s[%d]".formatted(key, i);
      Target target = target(in, element, StoreFields.of(element, node.get(i)));
      if (!names.add(target.name())) {
        throw new Invalid(
            "%s: there is a webhook '%s' already; give it another name"
                .formatted(element, target.name()));
      }
      targets.add(target);
    }
    return targets;
  }

  private static Target target(SettingsReader in, String key, StoreFields fields) {
    fields.requireOnly(KEYS);
    if (!fields.text("name").matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw fields.wrong("name", "lower-case letters, digits and hyphens");
    }
    URI url = fields.webUrlOrNull("url");
    if (url == null) {
      throw fields.wrong("url", "where events are posted to");
    }
    if (fields.text("secret-file").isEmpty()) {
      throw fields.wrong("secret-file", "a file with what events are signed with");
    }
    return new Target(fields.text("name"), url, in.path(key, fields.text("secret-file")));
  }
}
