package dev.vitrine.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.registry.RegistryContract;
import dev.vitrine.registry.Together;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite. */
final class SqliteRegistryTest extends RegistryContract {

  @TempDir static Path folder;

  @Override
  protected RegistryConfig config() {
    return RegistryConfig.of("jdbc:sqlite:" + folder.resolve("registry.db"));
  }

  @Override
  protected Connection connect() throws SQLException {
    return DriverManager.getConnection(config().database().url());
  }

  @Test
  void isOpenedByManyAtOnce() throws Exception {
    RegistryConfig config = RegistryConfig.of("jdbc:sqlite:" + folder.resolve("fresh.db"));

    List<Object> outcomes =
        Together.run(
            4,
            i -> {
              Registries.open(config, Clock.systemUTC()).close();
              return "open";
            });

    assertThat(outcomes).containsOnly("open");
  }

  @Test
  void saysThatItsFileCantBeOpened() {
    RegistryConfig config =
        RegistryConfig.of("jdbc:sqlite:" + folder.resolve("missing").resolve("registry.db"));

    assertThatThrownBy(() -> Registries.open(config, Clock.systemUTC()))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("missing");
  }
}
