package dev.vitrine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Signs of life of processes that hold streams. */
interface StreamHostsContract extends RegistryFixture {

  @Test
  default void countsTheSignsOfEachHost() {
    registry().streamHosts().sign("a");
    registry().streamHosts().sign("b");
    registry().streamHosts().sign("a");

    assertThat(registry().streamHosts().signs("a")).isEqualTo(2);
    assertThat(registry().streamHosts().signs("b")).isEqualTo(1);
    assertThat(registry().streamHosts().signs("c")).isZero();
  }

  @Test
  default void forgetsAHostThatStoppedAndThoseThatDiedLongAgo() {
    registry().streamHosts().sign("killed");
    clock().advance(Duration.ofDays(1).plusSeconds(1));
    registry().streamHosts().sign("alive");
    registry().streamHosts().sign("stopped");

    registry().streamHosts().remove("stopped");

    assertThat(registry().streamHosts().signs("stopped")).isZero();
    assertThat(registry().streamHosts().signs("killed")).isZero();
    assertThat(registry().streamHosts().signs("alive")).isEqualTo(1);
  }
}
