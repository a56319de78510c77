package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The one row that says which installation a registry is of, and where its work runs. */
interface InstallationContract extends RegistryFixture {

  /** How long former processes may go on. */
  Duration DAY = Duration.ofDays(1);

  @Test
  default void anInstallationHasOneIdForGood() {
    InstallationRecord made = registry().installations().get();

    assertThat(made.id().value()).matches("[bcdfghjkmnpqrstvwxz]{10}");
    assertThat(registry().installations().get()).isEqualTo(made);
  }

  @Test
  default void theFirstPlaceIsKeptUntilItIsMoved() {
    Home first = new Home("default", "1", "a");
    Home second = new Home("default", "2", null);
    registry().installations().moveTo(first);

    assertThat(registry().installations().settleAt(second).home()).isEqualTo(first);
    assertThat(registry().installations().moveTo(second).home()).isEqualTo(second);
    assertThat(registry().installations().settleAt(first).home()).isEqualTo(second);
  }

  @Test
  default void theFormerQueuesAreKeptForAsLongAsFormerProcessesMayGoOn() throws SQLException {
    upgrade();
    clock().advance(DAY.minusSeconds(1));
    assertThat(endsFormerWork()).isFalse();

    clock().advance(Duration.ofSeconds(2));
    assertThat(endsFormerWork()).isTrue();
    assertThat(secondRegistry().installations().get().formerWork()).isFalse();
  }

  @Test
  default void anUploadFromBeforeKeepsTheFormerQueues() throws SQLException {
    upgrade();
    Image image = saving();
    clock().advance(DAY.multipliedBy(3));
    registry().images().change(image.id(), now -> ImageMetadata.change(now).name("new").build());
    assertThat(endsFormerWork()).isFalse();

    registry().uploads().fail(op(), image.id(), FailurePolicy.REQUEUE);
    assertThat(endsFormerWork()).isTrue();
  }

  @Test
  default void aTaskFromBeforeKeepsTheFormerQueuesThoughItGetsOn() throws SQLException {
    upgrade();
    Task task = registry().tasks().create(op(), UUID.randomUUID(), Samples.IMPORT, Samples.ALICE);
    clock().advance(DAY.multipliedBy(3));
    assertThat(endsFormerWork()).as("pending").isFalse();

    registry().taskRuns().start(op(), task.id(), UUID.randomUUID());
    registry().transferNotes().recordProgress(task.id(), new Progress("transfer", 1, 2L, 1, 1));
    assertThat(endsFormerWork()).as("processing").isFalse();

    registry().taskRuns().succeed(op(), task.id(), Map.of());
    assertThat(endsFormerWork()).isTrue();
  }

  @Test
  default void aDeletionFromBeforeKeepsTheFormerQueuesUntilItsDataIsRemoved() throws SQLException {
    upgrade();
    Image image = active();
    registry().deletions().delete(op(), image.id(), Duration.ofDays(30));
    clock().advance(DAY.multipliedBy(3));
    assertThat(endsFormerWork()).isFalse();

    registry().locations().of(image.id()).forEach(l -> registry().locations().forget(l.id()));
    assertThat(endsFormerWork()).as("the image is not deleted yet").isFalse();
    registry().deletions().completeScrub(op(), image.id());
    assertThat(endsFormerWork()).isTrue();
  }

  @Test
  default void leftDataFromBeforeKeepsTheFormerQueues() throws SQLException {
    upgrade();
    Image image = saving();
    registry().uploads().fail(op(), image.id(), FailurePolicy.KILL);
    clock().advance(DAY.multipliedBy(3));
    assertThat(endsFormerWork()).isFalse();

    registry().locations().of(image.id()).forEach(l -> registry().locations().forget(l.id()));
    assertThat(endsFormerWork()).isTrue();
  }

  @Test
  default void whatBeganLaterKeepsNoFormerQueue() throws SQLException {
    Image old = active();
    upgrade();
    clock().advance(DAY.multipliedBy(3));
    saving();
    registry().deletions().delete(op(), old.id(), Duration.ofDays(30));
    registry().tasks().create(op(), UUID.randomUUID(), Samples.IMPORT, Samples.ALICE);

    assertThat(endsFormerWork()).isTrue();
  }

  @Test
  default void aNewRegistryHasNoFormerQueues() throws SQLException {
    execute("delete from installation");
    try (Registry opened = reopened()) {
      assertThat(opened.installations().get().formerWork()).isFalse();
    }
  }

  /** From a release without installations; what is there now is its work. */
  private void upgrade() throws SQLException {
    clock().advance(Duration.ofHours(1));
    registry().images().create(op(), Samples.image());
    execute("delete from installation");
    InstallationRecord made;
    try (Registry upgraded = reopened()) {
      made = upgraded.installations().get();
    }
    assertThat(made.formerWork()).isTrue();
  }

  private boolean endsFormerWork() {
    return !registry().installations().endFormerWork(DAY).formerWork();
  }
}
