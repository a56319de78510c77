package dev.vitrine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseConfigTest {

  @Test
  void hasDefaults() {
    DatabaseConfig config = DatabaseConfig.of("jdbc:sqlite:/var/lib/vitrine/registry.db");

    assertThat(config.poolSize()).isEqualTo(10);
    assertThat(config.user()).isNull();
    assertThat(config.password()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "registry.db", "jdbc:mysql://localhost/x", "postgresql://h/d"})
  void namesTheUrlsItAccepts(String url) {
    assertThatThrownBy(() -> DatabaseConfig.of(url))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("jdbc:sqlite:")
        .hasMessageContaining("jdbc:postgresql:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite:file:x?mode=memory"})
  void refusesADatabaseInMemory(String url) {
    assertThatThrownBy(() -> DatabaseConfig.of(url))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("give a file");
  }

  @Test
  void refusesAPoolOfNone() {
    assertThatThrownBy(() -> new DatabaseConfig("jdbc:sqlite:a.db", null, null, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("pool-size 0");
  }

  @Test
  void printsNoCredentials() {
    DatabaseConfig config =
        new DatabaseConfig(
            "jdbc:postgresql://me:pr1vate@db/vitrine?password=s3cret", "vitrine", "hidd3n", 4);

    assertThat(config.toString())
        .contains("jdbc:postgresql://db/vitrine", "vitrine")
        .doesNotContain("pr1vate", "s3cret", "hidd3n");
  }
}
