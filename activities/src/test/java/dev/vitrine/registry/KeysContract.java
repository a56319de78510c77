package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.KeyReused;
import dev.vitrine.image.NewImage;
import dev.vitrine.registry.IdempotencyKey.Claim;
import dev.vitrine.registry.sql.RegistryConfig;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Requests that are repeated because their answer was lost. */
interface KeysContract extends RegistryFixture {

  private static IdempotencyKey key(String key, String fingerprint) {
    return new IdempotencyKey("mars", key, fingerprint);
  }

  @Test
  default void createsAnImageOncePerKey() {
    NewImage asked = Samples.image();
    Claim first = registry().images().create(op(), asked, key("k", "POST /v2/images 1"));
    Claim repeat = registry().images().create(op(), Samples.image(), key("k", "POST /v2/images 1"));
    Claim sameId = registry().images().create(op(), asked, key("k", "POST /v2/images 1"));

    assertThat(first).isEqualTo(new Claim(asked.id(), true));
    assertThat(repeat).isEqualTo(new Claim(asked.id(), false));
    assertThat(sameId).isEqualTo(repeat);
    assertThat(registry().history().of(asked.id())).hasSize(1);
    assertThat(registry().images().create(op(), Samples.image(), key("other", "1")).isNew())
        .isTrue();
  }

  @Test
  default void refusesAKeyForAnotherRequest() {
    NewImage first = Samples.image();
    NewImage second = Samples.image();
    registry().images().create(op(), first, key("k", "1"));

    assertThatThrownBy(() -> registry().images().create(op(), second, key("k", "2")))
        .isInstanceOf(KeyReused.class)
        .hasMessageContaining("'k'")
        .hasMessageContaining(first.id().toString());
    assertThatThrownBy(() -> registry().tasks().claim(key("k", "3"), UUID.randomUUID()))
        .isInstanceOf(KeyReused.class);
    assertThat(registry().lookup().find(second.id())).isEmpty();
  }

  @Test
  default void keepsTheKeysOfProjectsApart() {
    registry().images().create(op(), Samples.image(), key("k", "1"));

    Claim other =
        registry()
            .images()
            .create(op(), Samples.image(), new IdempotencyKey("venus", "k", "something else"));

    assertThat(other.isNew()).isTrue();
  }

  @Test
  default void claimsNothingIfTheImageIsRefused() {
    UUID taken = queued().id();

    assertThatThrownBy(
            () -> registry().images().create(op(), NewImage.of(taken, "mars"), key("k", "1")))
        .isInstanceOf(Conflict.class);

    assertThat(registry().images().create(op(), Samples.image(), key("k", "2")).isNew()).isTrue();
  }

  @Test
  default void createsOneImageForRequestsThatComeTogether() throws Exception {
    List<Object> outcomes =
        Together.run(
            12,
            i ->
                (i % 2 == 0 ? registry() : secondRegistry())
                    .images()
                    .create(op(), Samples.image(), key("k", "1")));

    assertThat(outcomes).allMatch(Claim.class::isInstance);
    assertThat(outcomes)
        .extracting(claim -> ((Claim) claim).subject())
        .containsOnly(((Claim) outcomes.get(0)).subject());
    assertThat(outcomes).filteredOn(claim -> ((Claim) claim).isNew()).hasSize(1);
    assertThat(registry().lookup().find(((Claim) outcomes.get(0)).subject())).isPresent();
  }

  @Test
  default void claimsAKeyForWhatIsCreatedLater() {
    UUID task = UUID.randomUUID();

    assertThat(registry().tasks().claim(key("k", "POST /v2/tasks 1"), task))
        .isEqualTo(new Claim(task, true));
    assertThat(registry().tasks().claim(key("k", "POST /v2/tasks 1"), UUID.randomUUID()))
        .isEqualTo(new Claim(task, false));
  }

  @Test
  default void forgetsAKeyInTime() {
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    registry().tasks().claim(key("k", "1"), first);
    registry().tasks().claim(key("l", "1"), first);

    clock().advance(RegistryConfig.DEFAULT_KEY_TIME_TO_LIVE.minusSeconds(1));
    assertThat(registry().tasks().claim(key("k", "1"), second).subject()).isEqualTo(first);
    assertThat(registry().housekeeping().removeExpiredKeys()).isZero();

    clock().advance(Duration.ofSeconds(1));
    assertThat(registry().tasks().claim(key("k", "2"), second)).isEqualTo(new Claim(second, true));
    assertThat(registry().housekeeping().removeExpiredKeys()).isEqualTo(1);
    assertThat(registry().tasks().claim(key("k", "2"), first)).isEqualTo(new Claim(second, false));
  }

  /** They go in batches, of which these are more than one. */
  @Test
  default void forgetsHoweverManyKeysInTime() {
    for (int i = 0; i < 501; i++) {
      registry().tasks().claim(key("k" + i, "1"), UUID.randomUUID());
    }
    clock().advance(RegistryConfig.DEFAULT_KEY_TIME_TO_LIVE);

    assertThat(registry().housekeeping().removeExpiredKeys()).isEqualTo(501);
    assertThat(registry().housekeeping().expiredKeys()).isZero();
  }

  @Test
  default void refusesAKeyThatIsNone() {
    assertThatThrownBy(() -> key(" ", "1")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> key("k".repeat(256), "1")).isInstanceOf(Invalid.class);
  }
}
