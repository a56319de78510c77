package dev.vitrine.reconciliation;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.activity.Finding;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.reconciliation.ReconciliationPreview.Preview;
import dev.vitrine.registry.AdjustableClock;
import dev.vitrine.registry.Deliveries.DeadLetter;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.Samples;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside the activities of a pass, on the same registry and server. */
class ReconciliationPreviewTest {

  private static final Home HERE = new Home("default", "1", null);

  @TempDir private Path folder;
  private final AdjustableClock clock = new AdjustableClock();
  private final TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance();
  private Registry registry;

  @BeforeEach
  void open() {
    registry =
        Registries.open(RegistryConfig.of("jdbc:sqlite:" + folder.resolve("registry.db")), clock);
  }

  @AfterEach
  void close() {
    registry.close();
    server.close();
  }

  private ReconciliationPreview preview(Home here) {
    return new ReconciliationPreview(
        registry, server.getWorkflowClient(), here, Duration.ofHours(1));
  }

  private ReconciliationActivitiesImpl activities() {
    return new ReconciliationActivitiesImpl(
        registry, server.getWorkflowClient(), HERE, Duration.ofHours(1), new NotedHeartbeat());
  }

  private Image saving() {
    UUID id = registry.images().create(op(), Samples.image()).id();
    registry.uploads().begin(op(), id, FailurePolicy.KILL, "main", null);
    return registry.lookup().find(id).orElseThrow();
  }

  @Test
  void showsWhatAPassWouldDoAndDoesNoneOfIt() {
    UUID task = UUID.randomUUID();
    registry.tasks().create(op(), task, Samples.IMPORT, Samples.ALICE);
    registry.taskRuns().fail(op(), task, null, "no");
    UUID deleted = registry.images().create(op(), Samples.image()).id();
    registry.deletions().delete(op(), deleted, Duration.ZERO);
    Image requeued = registry.uploads().fail(op(), saving().id(), FailurePolicy.REQUEUE);
    Image saving = saving();
    long told = registry.deliveries().open("gone").told();
    registry
        .deliveries()
        .bury(
            "gone", List.of(new DeadLetter("gone", told + 1, "{}", "no", clock.instant(), false)));
    clock.advance(Duration.ofDays(30));

    Preview seen = preview(HERE).look(10);

    assertThat(seen.findings())
        .extracting(Finding::kind, Finding::imageId)
        .containsExactlyInAnyOrder(
            tuple(Finding.Kind.ABANDONED_UPLOAD, saving.id()),
            tuple(Finding.Kind.LEFTOVER_LOCATION, requeued.id()));
    assertThat(seen.expiredTasks()).containsExactly(task);
    assertThat(seen.purgedImages()).containsExactly(deleted);
    assertThat(seen.oldDeadLetters()).isEqualTo(1);
    assertThat(seen.forgottenWebhooks()).isEqualTo(1);
    assertThat(seen.more()).isFalse();
    // Nothing has changed, so that a pass still finds all of it.
    assertThat(preview(HERE).look(10)).isEqualTo(seen);
    assertThat(registry.lookup().find(saving.id()).orElseThrow().status())
        .isEqualTo(ImageStatus.SAVING);
    assertThat(activities().removeExpiredTasks()).isEqualTo(1);
    assertThat(registry.deliveries().countDeadLetters("gone")).isZero();
    assertThat(registry.deliveries().all()).isEmpty();
    assertThat(activities().purgeDeletedImages()).isEqualTo(1);
    assertThat(activities().findUnsettled(10)).containsExactlyInAnyOrderElementsOf(seen.findings());
  }

  @Test
  void saysThatThereIsMoreThanItShows() {
    saving();
    saving();

    Preview seen = preview(HERE).look(1);

    assertThat(seen.findings()).hasSize(1);
    assertThat(seen.more()).isTrue();
  }

  @Test
  void refusesToCompareWithAnotherServerThanTheRegistrysOwn() {
    registry.installations().settleAt(HERE);

    assertThatThrownBy(() -> preview(new Home("default", "2", null)).look(1))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("the registry's work runs in");
  }
}
