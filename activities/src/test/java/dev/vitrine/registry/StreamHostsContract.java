package dev.vitrine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Signs of life of processes that hold streams. */
interface StreamHostsContract extends RegistryFixture {

  @Test
  default void countsTheSignsOfEachHost() {
    registry().signStreamHost("a");
    registry().signStreamHost("b");
    registry().signStreamHost("a");

    assertThat(registry().streamHostSigns("a")).isEqualTo(2);
    assertThat(registry().streamHostSigns("b")).isEqualTo(1);
    assertThat(registry().streamHostSigns("c")).isZero();
  }

  @Test
  default void forgetsAHostThatStoppedAndThoseThatDiedLongAgo() {
    registry().signStreamHost("killed");
    clock().advance(Duration.ofDays(1).plusSeconds(1));
    registry().signStreamHost("alive");
    registry().signStreamHost("stopped");

    registry().removeStreamHost("stopped");

    assertThat(registry().streamHostSigns("stopped")).isZero();
    assertThat(registry().streamHostSigns("killed")).isZero();
    assertThat(registry().streamHostSigns("alive")).isEqualTo(1);
  }
}
