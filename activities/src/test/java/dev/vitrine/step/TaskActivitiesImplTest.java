package dev.vitrine.step;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.BOB;
import static dev.vitrine.registry.Samples.IMPORT;
import static dev.vitrine.registry.Samples.ROOT;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.access.TaskAccess;
import dev.vitrine.guard.GuardedTasks;
import dev.vitrine.registry.AdjustableClock;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TaskActivitiesImplTest {

  private Registry registry;
  private TaskActivitiesImpl activities;

  @BeforeAll
  void open(@TempDir Path folder) {
    registry =
        Registries.open(
            RegistryConfig.of("jdbc:sqlite:" + folder.resolve("registry.db")),
            new AdjustableClock());
    activities =
        new TaskActivitiesImpl(
            registry.taskRuns(),
            registry.lookup(),
            new GuardedTasks(registry.tasks(), new TaskAccess(Permissions.DEFAULT)));
  }

  @AfterAll
  void close() {
    registry.close();
  }

  @Test
  void takesATaskToItsEnd() {
    UUID id = UUID.randomUUID();
    UUID imageId = UUID.randomUUID();

    activities.createTask(op(), id, IMPORT, ALICE, null);
    activities.startTask(op(), id, imageId);
    TaskSummary done = activities.succeedTask(op(), id, Map.of("image_id", imageId.toString()));

    assertThat(done.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(activities.requireTask(id, ALICE)).isEqualTo(done);
    assertThatThrownBy(() -> activities.failTask(op(), id, null, "late"))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("Conflict"));
  }

  @Test
  void hidesATaskFromOtherProjects() {
    UUID id = UUID.randomUUID();
    TaskSummary task = activities.createTask(op(), id, IMPORT, ALICE, null);

    assertThat(activities.requireTask(id, ROOT)).isEqualTo(task);
    for (UUID hidden : new UUID[] {id, UUID.randomUUID()}) {
      assertThatThrownBy(() -> activities.requireTask(hidden, BOB))
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              e -> {
                assertThat(e.getType()).isEqualTo("NotFound");
                assertThat(e.isNonRetryable()).isTrue();
                assertThat(e.getOriginalMessage()).contains(hidden.toString());
              });
    }
  }

  @Test
  void runsNoTaskForAReader() {
    UUID id = UUID.randomUUID();
    Requester reader = Requester.reader("ann", "mars");

    assertThatThrownBy(() -> activities.createTask(op(), id, IMPORT, reader, null))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("Forbidden"));
    TaskSummary task = activities.createTask(op(), id, IMPORT, ALICE, null);
    assertThat(activities.requireTask(id, reader)).isEqualTo(task);
  }

  @Test
  void refusesToStartWhatCanMakeNoImage() {
    UUID id = UUID.randomUUID();
    TaskInput senseless =
        new TaskInput.Import("https://example.org/a", "raw", Map.of("min_disk", "many"));
    activities.createTask(op(), id, senseless, ALICE, null);

    assertThatThrownBy(() -> activities.startTask(op(), id, UUID.randomUUID()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("Invalid"))
        .hasMessageContaining("min_disk 'many'");
    assertThat(activities.requireTask(id, ALICE).status()).isEqualTo(TaskStatus.PENDING);
  }
}
