package dev.vitrine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryConfigTest {

  @Test
  void hasDefaults() {
    RegistryConfig config = RegistryConfig.of("jdbc:sqlite:/var/lib/vitrine/registry.db");

    assertThat(config.taskTimeToLive()).isEqualTo(Duration.ofDays(2));
    assertThat(config.imageRetention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.keyTimeToLive()).isEqualTo(Duration.ofHours(24));
    assertThat(config.poolSize()).isEqualTo(10);
    assertThat(config.limits()).isEqualTo(new Limits(128, 128, 128, 10, 262_144, 65_536, 0, 0));
    assertThat(config.user()).isNull();
    assertThat(config.password()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "registry.db", "jdbc:mysql://localhost/x", "postgresql://h/d"})
  void namesTheUrlsItAccepts(String url) {
    assertThatThrownBy(() -> RegistryConfig.of(url))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("jdbc:sqlite:")
        .hasMessageContaining("jdbc:postgresql:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite:file:x?mode=memory"})
  void refusesADatabaseInMemory(String url) {
    assertThatThrownBy(() -> RegistryConfig.of(url))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("give a file");
  }

  @Test
  void refusesWhatMakesNoSense() {
    Duration day = Duration.ofDays(1);
    String url = "jdbc:sqlite:a.db";

    assertThatThrownBy(() -> new RegistryConfig(url, null, null, 0, day, day, day, Limits.DEFAULT))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("pool-size 0");
    assertThatThrownBy(
            () -> new RegistryConfig(url, null, null, 1, Duration.ZERO, day, day, Limits.DEFAULT))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("task-time-to-live");
    assertThatThrownBy(
            () -> new RegistryConfig(url, null, null, 1, day, day.negated(), day, Limits.DEFAULT))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("image-retention");
    assertThatThrownBy(
            () -> new RegistryConfig(url, null, null, 1, day, day, Duration.ZERO, Limits.DEFAULT))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("key-time-to-live");
  }

  @Test
  void printsNoCredentials() {
    RegistryConfig config =
        new RegistryConfig(
            "jdbc:postgresql://me:pr1vate@db/vitrine?password=s3cret",
            "vitrine",
            "hidd3n",
            4,
            Duration.ofDays(1),
            Duration.ofDays(1),
            Duration.ofDays(1),
            Limits.DEFAULT);

    assertThat(config.toString())
        .contains("jdbc:postgresql://db/vitrine", "vitrine")
        .doesNotContain("pr1vate", "s3cret", "hidd3n");
  }

  @Test
  void refusesLimitsThatAllowNothing() {
    assertThatThrownBy(() -> new Limits(0, 1, 1, 1, 1024, 1, 0, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("properties per image 0");
    assertThatThrownBy(() -> new Limits(1, 1, 1, -5, 1024, 1, 0, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("locations per image -5");
    assertThatThrownBy(() -> new Limits(1, 1, 1, 1, 1024, 1, -1, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("images per project -1");
    assertThatThrownBy(() -> new Limits(1, 1, 1, 1, 1024, 1, 0, -1))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("bytes per project -1");
  }
}
