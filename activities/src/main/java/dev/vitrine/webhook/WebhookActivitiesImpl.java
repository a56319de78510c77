package dev.vitrine.webhook;

import dev.vitrine.activity.DeliveryPass;
import dev.vitrine.activity.WebhookActivities;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.registry.Deliveries;
import dev.vitrine.registry.Deliveries.DeadLetter;
import dev.vitrine.registry.Deliveries.Progress;
import dev.vitrine.registry.Registry;
import dev.vitrine.web.WebClient;
import dev.vitrine.webhook.Sender.Outcome;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The delivery: one event after the other, so that they arrive in the order of the history. */
public final class WebhookActivitiesImpl implements WebhookActivities {

  private static final Logger log = LoggerFactory.getLogger(WebhookActivitiesImpl.class);

  /** In memory at once. */
  private static final int BATCH = 100;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

  /** How long a pass lasts: rare enough that it costs nothing, soon enough for another worker. */
  private static final Duration PASS = Duration.ofMinutes(10);

  private final Registry registry;
  private final Map<String, Endpoint> endpoints;
  private final Duration giveUpAfter;
  private final Sender sender;
  private final Clock clock;
  private final Pause pause;

  /** Lets time pass. */
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /** Of a process that knows these endpoints. */
  public WebhookActivitiesImpl(Registry registry, WebhookConfig config, Clock clock) {
    this(registry, config, clock, time -> Thread.sleep(time.toMillis()));
  }

  WebhookActivitiesImpl(Registry registry, WebhookConfig config, Clock clock, Pause pause) {
    this.registry = registry;
    this.endpoints =
        config.endpoints().stream().collect(Collectors.toMap(Endpoint::name, Function.identity()));
    this.giveUpAfter = config.giveUpAfter();
    this.sender =
        new Sender(new WebClient(config.web(), config.timeout(), config.timeout(), null), clock);
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public DeliveryPass deliver(String name) {
    Endpoint endpoint = endpoints.get(name);
    if (endpoint == null) {
      return new DeliveryPass(false, 0, 0, null);
    }
    try {
      return new Pass(endpoint, Activity.getExecutionContext()).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(e);
    }
  }

  private Deliveries deliveries() {
    return registry.deliveries();
  }

  /** One pass for one endpoint. */
  private final class Pass {

    private final Endpoint endpoint;
    private final ActivityExecutionContext context;
    private final Instant end = clock.instant().plus(PASS);
    private int delivered;
    private int buried;

    Pass(Endpoint endpoint, ActivityExecutionContext context) {
      this.endpoint = endpoint;
      this.context = context;
    }

    DeliveryPass run() throws InterruptedException {
      Progress at = deliveries().open(endpoint.name());
      while (clock.instant().isBefore(end)) {
        sendAgain();
        List<AuditEntry> events = registry.events().after(at.told(), BATCH);
        if (events.isEmpty()) {
          await(LOOK_AGAIN);
        }
        for (AuditEntry event : events) {
          context.heartbeat(event.id());
          if (!deliver(event, events)) {
            break;
          }
        }
        at = deliveries().open(endpoint.name());
      }
      return new DeliveryPass(true, delivered, buried, at.error());
    }

    /**
     * @param events that are next, this one among them
     * @return whether to go on with the one behind it
     */
    private boolean deliver(AuditEntry event, List<AuditEntry> events) throws InterruptedException {
      String body = EventDocument.of(event);
      Outcome outcome = sender.send(endpoint, event.id(), body);
      if (outcome instanceof Outcome.Taken) {
        deliveries().told(endpoint.name(), event.id());
        delivered++;
        return true;
      }
      if (outcome instanceof Outcome.Refused refused) {
        bury(List.of(letter(event, body, refused.why())), refused.why());
        return true;
      }
      String why = ((Outcome.Failed) outcome).why();
      Progress failing = deliveries().failed(endpoint.name(), why);
      Instant limit = clock.instant().minus(giveUpAfter);
      Instant since = failing.failingSince();
      if (since != null && !since.isAfter(limit)) {
        List<DeadLetter> old =
            events.stream()
                .dropWhile(next -> next.id() < event.id())
                .takeWhile(next -> !next.change().at().isAfter(limit))
                .map(next -> letter(next, EventDocument.of(next), why))
                .toList();
        if (!old.isEmpty()) {
          bury(old, why);
          return false;
        }
      }
      await(backOff(failing.attempts()));
      return false;
    }

    private DeadLetter letter(AuditEntry event, String body, String why) {
      return new DeadLetter(endpoint.name(), event.id(), body, why, clock.instant(), false);
    }

    private void bury(List<DeadLetter> letters, String why) {
      deliveries().bury(endpoint.name(), letters);
      buried += letters.size();
      log.warn(
          "webhook {}: {} events from {} on are dead letters: {}",
          endpoint.name(),
          letters.size(),
          letters.get(0).event(),
          why);
    }

    /** What somebody asked for; one that is not taken waits until somebody asks again. */
    private void sendAgain() throws InterruptedException {
      for (DeadLetter letter : deliveries().toSendAgain(endpoint.name(), BATCH)) {
        context.heartbeat(letter.event());
        @Nullable String why = why(sender.send(endpoint, letter.event(), letter.body()));
        if (why == null) {
          deliveries().unbury(endpoint.name(), letter.event());
          delivered++;
        } else {
          deliveries().notTakenAgain(endpoint.name(), letter.event(), why);
        }
      }
    }

    private static @Nullable String why(Outcome outcome) {
      if (outcome instanceof Outcome.Refused refused) {
        return refused.why();
      }
      return outcome instanceof Outcome.Failed failed ? failed.why() : null;
    }

    /** Says meanwhile that it lives, and hears that it is to stop. */
    private void await(Duration time) throws InterruptedException {
      Instant until = clock.instant().plus(time);
      do {
        context.heartbeat(null);
        pause.of(LOOK_AGAIN);
      } while (clock.instant().isBefore(until));
    }
  }

  /** One second, two, four, and at last five minutes. */
  static Duration backOff(int attempts) {
    Duration doubled = Duration.ofSeconds(1L << Math.min(attempts - 1, 10));
    return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
  }
}
