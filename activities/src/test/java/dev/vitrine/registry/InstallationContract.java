package dev.vitrine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The one row that says which installation a registry is of, and where its work runs. */
interface InstallationContract extends RegistryFixture {

  @Test
  default void anInstallationHasOneIdForGood() {
    InstallationRecord made = registry().installation();

    assertThat(made.id().value()).matches("[bcdfghjkmnpqrstvwxz]{10}");
    assertThat(registry().installation()).isEqualTo(made);
  }

  @Test
  default void theFirstPlaceIsKeptUntilItIsMoved() {
    Home first = new Home("default", "1", "a");
    Home second = new Home("default", "2", null);
    registry().moveTo(first);

    assertThat(registry().settleAt(second).home()).isEqualTo(first);
    assertThat(registry().moveTo(second).home()).isEqualTo(second);
    assertThat(registry().settleAt(first).home()).isEqualTo(second);
  }
}
