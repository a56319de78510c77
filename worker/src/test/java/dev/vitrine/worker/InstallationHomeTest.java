package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationHomeTest {

  private static final Home HERE = new Home("default", "4f5c", "one");
  private static final Home SAME_NAMES = new Home("default", "9d01", "one");
  private static final Home OTHER_NAMESPACE = new Home("images", "77aa", "one");
  private static final Home OTHER_CLUSTER = new Home("default", "4f5c", "two");
  private static final Home UNTOLD = new Home("default", null, null);

  @TempDir Path directory;
  private Registry registry;

  @BeforeEach
  void open() {
    registry =
        Registries.open(
            RegistryConfig.of("jdbc:sqlite:" + directory.resolve("registry.db")),
            Clock.systemUTC());
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void theFirstPlaceIsRecordedAndHeldTo() {
    assertThat(InstallationHome.require(registry.installations(), HERE).home()).isEqualTo(HERE);
    assertThat(InstallationHome.require(registry.installations(), HERE).home()).isEqualTo(HERE);

    assertRefused(SAME_NAMES);
    assertRefused(OTHER_NAMESPACE);
    assertThat(registry.installations().get().home()).isEqualTo(HERE);
  }

  @Test
  void aNamespaceThatFailedOverToAnotherClusterIsTheSamePlace() {
    InstallationHome.require(registry.installations(), HERE);

    InstallationHome.require(registry.installations(), OTHER_CLUSTER);
  }

  @Test
  void whereTheServerTellsNoIdTheNameDecides() {
    InstallationHome.require(registry.installations(), UNTOLD);

    InstallationHome.require(registry.installations(), HERE);
    assertRefused(OTHER_NAMESPACE);
  }

  @Test
  void aMoveMakesTheNewPlaceTheOnlyOne() {
    InstallationHome.require(registry.installations(), HERE);

    registry.installations().moveTo(SAME_NAMES);

    assertThat(InstallationHome.require(registry.installations(), SAME_NAMES).home())
        .isEqualTo(SAME_NAMES);
    assertRefused(HERE);
  }

  private void assertRefused(Home elsewhere) {
    assertThatThrownBy(() -> InstallationHome.require(registry.installations(), elsewhere))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("installation " + registry.installations().get().id())
        .hasMessageContaining("connected to " + elsewhere.display())
        .hasMessageContaining("--move-installation");
  }
}
