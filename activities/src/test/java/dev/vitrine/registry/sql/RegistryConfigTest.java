package dev.vitrine.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.error.VitrineException.Invalid;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RegistryConfigTest {

  @Test
  void hasDefaults() {
    RegistryConfig config = RegistryConfig.of("jdbc:sqlite:/var/lib/vitrine/registry.db");

    assertThat(config.taskTimeToLive()).isEqualTo(Duration.ofDays(2));
    assertThat(config.imageRetention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.keyTimeToLive()).isEqualTo(Duration.ofHours(24));
    assertThat(config.webhookRetention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.limits())
        .isEqualTo(new Limits(128, 128, 128, 10, 262_144, 65_536, 0, 0, 10_000));
  }

  @Test
  void refusesWhatMakesNoSense() {
    Duration day = Duration.ofDays(1);
    DatabaseConfig database = DatabaseConfig.of("jdbc:sqlite:a.db");

    assertThatThrownBy(
            () -> new RegistryConfig(database, Duration.ZERO, day, day, day, day, Limits.DEFAULT))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("task-time-to-live");
    assertThatThrownBy(
            () -> new RegistryConfig(database, day, day.negated(), day, day, day, Limits.DEFAULT))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("image-retention");
    assertThatThrownBy(
            () -> new RegistryConfig(database, day, day, Duration.ZERO, day, day, Limits.DEFAULT))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("key-time-to-live");
    assertThatThrownBy(
            () -> new RegistryConfig(database, day, day, day, day, Duration.ZERO, Limits.DEFAULT))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("webhook-retention");
  }

  @Test
  void refusesLimitsThatAllowNothing() {
    assertThatThrownBy(() -> new Limits(0, 1, 1, 1, 1024, 1, 0, 0, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("properties per image 0");
    assertThatThrownBy(() -> new Limits(1, 1, 1, -5, 1024, 1, 0, 0, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("locations per image -5");
    assertThatThrownBy(() -> new Limits(1, 1, 1, 1, 1024, 1, -1, 0, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("images per project -1");
    assertThatThrownBy(() -> new Limits(1, 1, 1, 1, 1024, 1, 0, -1, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("bytes per project -1");
  }
}
