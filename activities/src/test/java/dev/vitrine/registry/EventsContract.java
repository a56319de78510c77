package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.registry.Deliveries.DeadLetter;
import dev.vitrine.registry.Deliveries.Progress;
import dev.vitrine.registry.sql.RegistryConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The history as events, and what became of them. */
interface EventsContract extends RegistryFixture {

  Duration RETENTION = RegistryConfig.DEFAULT_WEBHOOK_RETENTION;

  private DeadLetter letter(long event) {
    // As exact as databases keep it.
    Instant now = clock().instant().truncatedTo(ChronoUnit.MICROS);
    return new DeadLetter("hook", event, "{}", "it answered 500", now, false);
  }

  @Test
  default void tellsWhatFollowsAChangeOldestFirst() {
    long before = registry().events().last();
    UUID image = queued().id();
    registry().uploads().begin(op(), image, FailurePolicy.REQUEUE, "main", null);
    UUID task = UUID.randomUUID();
    registry().tasks().create(op(), task, Samples.IMPORT, ALICE);

    List<AuditEntry> events = registry().events().after(before, 10);

    assertThat(events)
        .extracting(event -> event.noun() + " " + event.change().to())
        .containsExactly("image queued", "image saving", "task pending");
    assertThat(registry().events().after(before, 2)).isEqualTo(events.subList(0, 2));
    assertThat(registry().events().after(events.get(1).id(), 10)).isEqualTo(events.subList(2, 3));
    assertThat(registry().events().last()).isEqualTo(events.get(2).id());
  }

  @Test
  default void beginsWithWhatHappensOnceSomebodyWantsToBeTold() {
    queued();
    Progress begun = registry().deliveries().open("hook");
    UUID image = queued().id();

    assertThat(secondRegistry().deliveries().open("hook")).isEqualTo(begun);
    assertThat(registry().events().after(begun.told(), 10))
        .extracting(event -> event.change().subject())
        .containsExactly(image);
  }

  @Test
  default void neverGoesBack() {
    long begun = registry().deliveries().open("hook").told();
    registry().deliveries().told("hook", begun + 2);
    registry().deliveries().told("hook", begun + 1);

    assertThat(registry().deliveries().open("hook").told()).isEqualTo(begun + 2);
  }

  @Test
  default void keepsSinceWhenAnEndpointTakesNothingUntilItTakesSomething() {
    long begun = registry().deliveries().open("hook").told();
    Progress first = registry().deliveries().failed("hook", "it answered 500");
    clock().advance(Duration.ofMinutes(1));
    Progress second = registry().deliveries().failed("hook", "it answered 502");

    assertThat(second)
        .isEqualTo(new Progress("hook", begun, 2, first.failingSince(), "it answered 502"));
    registry().deliveries().told("hook", begun + 1);
    assertThat(registry().deliveries().open("hook"))
        .isEqualTo(new Progress("hook", begun + 1, 0, null, null));
  }

  @Test
  default void keepsWhatCouldNotBeToldUntilItIsTakenAgain() {
    Deliveries deliveries = registry().deliveries();
    long begun = deliveries.open("hook").told();
    deliveries.failed("hook", "it answered 500");
    deliveries.bury("hook", List.of(letter(begun + 1), letter(begun + 2)));
    deliveries.bury("hook", List.of(letter(begun + 2)));

    assertThat(deliveries.open("hook").told()).isEqualTo(begun + 2);
    assertThat(deliveries.open("hook").attempts()).isEqualTo(1);
    assertThat(deliveries.countDeadLetters("hook")).isEqualTo(2);
    assertThat(deliveries.deadLetters("hook", begun + 1, 10))
        .extracting(DeadLetter::event)
        .containsExactly(begun + 2);
    assertThat(deliveries.toSendAgain("hook", 10)).isEmpty();

    assertThat(deliveries.sendAgain("hook", begun + 1)).isEqualTo(1);
    assertThat(deliveries.toSendAgain("hook", 10))
        .extracting(DeadLetter::event)
        .containsExactly(begun + 1);
    deliveries.notTakenAgain("hook", begun + 1, "it answered 503");
    assertThat(deliveries.toSendAgain("hook", 10)).isEmpty();
    assertThat(deliveries.deadLetters("hook", 0, 1).get(0).error()).isEqualTo("it answered 503");

    assertThat(deliveries.sendAgain("hook", null)).isEqualTo(2);
    deliveries.unbury("hook", begun + 1);
    assertThat(deliveries.countDeadLetters("hook")).isEqualTo(1);
    assertThatThrownBy(() -> deliveries.sendAgain("hook", begun + 1))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("webhook hook has no dead letter of event " + (begun + 1));
  }

  @Test
  default void keepsDeadLettersForTheRetentionTime() {
    Deliveries deliveries = registry().deliveries();
    long begun = deliveries.open("hook").told();
    deliveries.bury("hook", List.of(letter(begun + 1), letter(begun + 2)));
    clock().advance(RETENTION.minusSeconds(1));
    deliveries.bury("hook", List.of(letter(begun + 3)));
    assertThat(registry().housekeeping().oldDeadLetters()).isZero();
    assertThat(registry().housekeeping().removeOldDeadLetters()).isZero();

    clock().advance(Duration.ofSeconds(1));
    // Wanted once more, and not taken: that does not make it younger.
    deliveries.sendAgain("hook", begun + 1);
    deliveries.notTakenAgain("hook", begun + 1, "it answered 503");

    assertThat(registry().housekeeping().oldDeadLetters()).isEqualTo(2);
    assertThat(registry().housekeeping().removeOldDeadLetters()).isEqualTo(2);
    assertThat(registry().housekeeping().oldDeadLetters()).isZero();
    assertThat(deliveries.deadLetters("hook", 0, 10))
        .extracting(DeadLetter::event)
        .containsExactly(begun + 3);
  }

  /** They go in batches, of which these are more than one. */
  @Test
  default void removesHoweverManyDeadLetters() {
    long begun = registry().deliveries().open("hook").told();
    registry()
        .deliveries()
        .bury("hook", LongStream.rangeClosed(1, 501).mapToObj(i -> letter(begun + i)).toList());
    clock().advance(RETENTION);

    assertThat(registry().housekeeping().removeOldDeadLetters()).isEqualTo(501);
    assertThat(registry().deliveries().countDeadLetters("hook")).isZero();
  }

  @Test
  default void forgetsTheWebhookThatNobodyTellsAnyMore() {
    Deliveries deliveries = registry().deliveries();
    deliveries.open("gone");
    Progress listed = deliveries.open("hook");
    clock().advance(RETENTION.minusSeconds(1));
    secondRegistry().deliveries().keepPlaces(List.of("hook", "not told yet"));
    assertThat(registry().housekeeping().removeForgottenWebhooks()).isZero();

    clock().advance(Duration.ofSeconds(1));

    assertThat(registry().housekeeping().forgottenWebhooks()).isEqualTo(1);
    assertThat(registry().housekeeping().removeForgottenWebhooks()).isEqualTo(1);
    assertThat(registry().housekeeping().forgottenWebhooks()).isZero();
    assertThat(deliveries.all()).containsExactly(listed);
    queued();
    assertThat(deliveries.open("gone").told()).isEqualTo(registry().events().last());
  }

  @Test
  default void keepsTheWebhookThatHasDeadLetters() {
    Deliveries deliveries = registry().deliveries();
    long begun = deliveries.open("gone").told();
    clock().advance(Duration.ofMinutes(1));
    deliveries.bury("gone", List.of(letter(begun + 1)));
    clock().advance(RETENTION.minusMinutes(1));
    assertThat(registry().housekeeping().removeForgottenWebhooks()).isZero();

    clock().advance(Duration.ofMinutes(1));

    // What is counted beforehand is what goes: the letters first.
    assertThat(registry().housekeeping().forgottenWebhooks()).isEqualTo(1);
    assertThat(registry().housekeeping().removeOldDeadLetters()).isEqualTo(1);
    assertThat(registry().housekeeping().removeForgottenWebhooks()).isEqualTo(1);
  }

  /** The release before says nothing of when it tells a webhook. */
  @Test
  default void keepsTheWebhookOfAReleaseBeforeForTheRetentionTimeFromTheFirstPassOn()
      throws SQLException {
    execute("insert into webhooks (endpoint, told, attempts) values ('hook', 0, 0)");
    assertThat(registry().housekeeping().removeForgottenWebhooks()).isZero();
    clock().advance(RETENTION.minusSeconds(1));
    assertThat(registry().housekeeping().removeForgottenWebhooks()).isZero();

    clock().advance(Duration.ofSeconds(1));

    assertThat(registry().housekeeping().removeForgottenWebhooks()).isEqualTo(1);
  }
}
