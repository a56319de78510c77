package dev.vitrine.registry.sql;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.registry.AdjustableClock;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.Samples;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While processes of the release before may move data, which say nothing of it to the registry. */
final class UpgradeTest {

  @TempDir Path directory;

  @Test
  void believesWhatProcessesOfTheReleaseBeforeHaveDone() throws SQLException {
    String url = "jdbc:sqlite:" + directory.resolve("registry.db");
    try (Registry registry = Registries.open(RegistryConfig.of(url), new AdjustableClock())) {
      UUID image = registry.images().create(op(), Samples.image()).id();
      Location location =
          registry.uploads().begin(op(), image, FailurePolicy.REQUEUE, "main", null);
      TaskInput export = new TaskInput.Export(image, "file:///exports/a");
      Task task = registry.tasks().create(op(), UUID.randomUUID(), export, Samples.ALICE);
      registry.taskRuns().start(op(), task.id(), image);
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("update installation set former_work = 1");
      }

      assertThat(registry.uploads().complete(op(), image, location.id(), DATA).status())
          .isEqualTo(ImageStatus.ACTIVE);
      assertThat(registry.taskRuns().succeed(op(), task.id(), Map.of()).status())
          .isEqualTo(TaskStatus.SUCCESS);
    }
  }
}
