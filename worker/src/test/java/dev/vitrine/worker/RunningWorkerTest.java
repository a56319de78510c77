package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operations.WebhookBacklog;
import dev.vitrine.registry.Deliveries;
import dev.vitrine.registry.Deliveries.DeadLetter;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunningWorkerTest {

  @TempDir Path directory;

  @Test
  void tellsOfTheWebhooksThatItHasWhatTheyHaveNotTaken() {
    try (Registry registry =
        Registries.open(
            RegistryConfig.of("jdbc:sqlite:" + directory.resolve("vitrine.db")),
            Clock.systemUTC())) {
      Deliveries deliveries = registry.deliveries();
      long begun = deliveries.open("hook").told();
      deliveries.failed("hook", "it answered 500");
      deliveries.failed("hook", "it answered 500");
      deliveries.bury(
          "hook",
          List.of(
              new DeadLetter("hook", begun + 1, "{}", "500", Clock.systemUTC().instant(), false)));
      deliveries.open("formerly");

      assertThat(RunningWorker.backlogs(registry, List.of("hook", "new")))
          .containsExactly(new WebhookBacklog("hook", 0, 2, 1), new WebhookBacklog("new", 0, 0, 0));
    }
  }
}
