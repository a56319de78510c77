package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Copies of an active image in further stores: an import that changes no status. */
interface CopiesContract extends RegistryFixture {

  private Map<String, LocationStatus> stores(UUID imageId) {
    return registry().locations().of(imageId).stream()
        .collect(Collectors.toMap(Location::store, Location::status));
  }

  private ImportPlan copy(UUID task, UUID imageId, boolean all, String... stores) {
    return registry()
        .imports()
        .begin(
            op(),
            task,
            imageId,
            new ImportOrder(ImportMethod.COPY_IMAGE, List.of(stores), all, true));
  }

  private void measured(ImportPlan plan) {
    plan.targets()
        .forEach(
            each -> registry().transferNotes().recordMeasured(each.imageId(), each.id(), DATA));
  }

  private static List<UUID> ids(ImportPlan plan) {
    return plan.targets().stream().map(Location::id).toList();
  }

  @Test
  default void areReadFromWhereTheDataIs() {
    Image image = active();
    UUID task = UUID.randomUUID();

    ImportPlan plan = copy(task, image.id(), false, "a", "b");

    assertThat(plan.source().store()).isEqualTo("main");
    assertThat(plan.expected()).isEqualTo(ExpectedData.exactly(DATA));
    Image copying = reread(image.id());
    assertThat(copying.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(copying.properties()).containsEntry(ImportsContract.IMPORTING, "a,b");
    assertThat(copying.version()).isGreaterThan(image.version());

    measured(plan);
    Image done = registry().imports().succeed(op(), task, image.id(), ids(plan), List.of());

    assertThat(done.properties()).isEqualTo(image.properties());
    assertThat(done.size()).isEqualTo(DATA.size());
    assertThat(stores(image.id()))
        .isEqualTo(
            Map.of(
                "main", LocationStatus.ACTIVE,
                "a", LocationStatus.ACTIVE,
                "b", LocationStatus.ACTIVE));
    assertThat(registry().history().of(image.id())).hasSize(3);
  }

  @Test
  default void thatFailLeaveWhatWasThere() {
    Image image = active();
    UUID task = UUID.randomUUID();
    ImportPlan plan = copy(task, image.id(), false, "a", "b");
    measured(plan);

    List<Location> left = registry().imports().fail(op(), task, image.id(), List.of("b"));

    assertThat(left).extracting(Location::store).containsExactly("a", "b");
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(reread(image.id()).properties()).containsEntry(ImportsContract.FAILED, "b");
    assertThat(stores(image.id())).containsEntry("main", LocationStatus.ACTIVE);
    copy(UUID.randomUUID(), image.id(), false, "c");
  }

  @Test
  default void ofAStoreThatHasTheDataAreRefusedUnlessAllWereAskedFor() {
    Image image = active();

    assertThatThrownBy(() -> copy(UUID.randomUUID(), image.id(), false, "main", "a"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("'main'");
    assertThat(reread(image.id())).isEqualTo(image);

    ImportPlan plan = copy(UUID.randomUUID(), image.id(), true, "main", "a");
    assertThat(plan.targets()).extracting(Location::store).containsExactly("a");
  }

  @Test
  default void whereNoneIsMissingAreDoneAtOnce() {
    Image image = active();
    UUID task = UUID.randomUUID();

    ImportPlan plan = copy(task, image.id(), true, "main");

    assertThat(plan.targets()).isEmpty();
    Image done = registry().imports().succeed(op(), task, image.id(), List.of(), List.of());
    assertThat(done.properties()).isEqualTo(image.properties());
    assertThat(done.status()).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  default void ofOtherDataAreRefused() {
    Image image = active();
    UUID task = UUID.randomUUID();
    ImportPlan plan = copy(task, image.id(), false, "a");
    registry()
        .transferNotes()
        .recordMeasured(
            image.id(), ids(plan).get(0), new ImageData(7, DATA.checksum(), DATA.sha512()));

    assertThatThrownBy(
            () -> registry().imports().succeed(op(), task, image.id(), ids(plan), List.of()))
        .isInstanceOf(DataMismatch.class);
  }

  @Test
  default void ofAnImageThatWasDeactivatedMeanwhileFail() {
    Image image = active();
    UUID task = UUID.randomUUID();
    ImportPlan plan = copy(task, image.id(), false, "a");
    measured(plan);
    registry().images().deactivate(op(), image.id(), Requester.admin("root", "ops"));

    assertThatThrownBy(
            () -> registry().imports().succeed(op(), task, image.id(), ids(plan), List.of()))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("deactivated");

    registry().imports().fail(op(), task, image.id(), List.of());
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.DEACTIVATED);
    assertThat(stores(image.id()))
        .isEqualTo(Map.of("main", LocationStatus.ACTIVE, "a", LocationStatus.PENDING_DELETE));
  }

  @Test
  default void goWithAnImageThatIsDeleted() {
    Image image = active();
    UUID task = UUID.randomUUID();
    copy(task, image.id(), false, "a");

    registry().deletions().delete(op(), image.id(), Duration.ZERO);

    assertThat(stores(image.id()).values()).containsOnly(LocationStatus.PENDING_DELETE);
    assertThat(registry().imports().fail(op(), task, image.id(), List.of())).isEmpty();
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.DELETED);
  }
}
