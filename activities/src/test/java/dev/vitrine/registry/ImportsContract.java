package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportFields;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of an image without data through its import. */
interface ImportsContract extends RegistryFixture {

  String IMPORTING = ImportFields.IMPORTING;
  String FAILED = ImportFields.FAILED;

  private Map<String, LocationStatus> stores(UUID imageId) {
    return registry().locations().of(imageId).stream()
        .collect(Collectors.toMap(Location::store, Location::status));
  }

  private void measured(Location... locations) {
    for (Location each : locations) {
      registry().transferNotes().recordMeasured(each.imageId(), each.id(), DATA);
    }
  }

  private static Location in(String store, ImportPlan plan) {
    return plan.targets().stream().filter(each -> each.store().equals(store)).findFirst().get();
  }

  @ParameterizedTest
  @CsvSource({
    "GLANCE_DIRECT, UPLOADING",
    "WEB_DOWNLOAD, QUEUED",
    "GLANCE_DOWNLOAD, QUEUED",
    "COPY_IMAGE, ACTIVE"
  })
  default void eachMethodNeedsAnImageInOneStatus(ImportMethod method, ImageStatus wanted) {
    for (ImageStatus status : ImageStatus.values()) {
      Image image = status == ImageStatus.QUEUED ? described() : imageThatIs(status);
      if (status == wanted) {
        registry()
            .imports()
            .require(image.id(), new ImportOrder(method, List.of("other"), false, true));
        begin(UUID.randomUUID(), image.id(), method, "other");
        continue;
      }
      assertThatThrownBy(
              () ->
                  registry()
                      .imports()
                      .require(image.id(), new ImportOrder(method, List.of("other"), false, true)))
          .isInstanceOfAny(Conflict.class, NotFound.class);
      assertThatThrownBy(() -> begin(UUID.randomUUID(), image.id(), method, "other"))
          .as("%s of an image that is %s", method, status)
          .isInstanceOfAny(Conflict.class, NotFound.class);
      assertThat(reread(image.id())).isEqualTo(image);
    }
  }

  /** Also where the request that asks for it is first to write: a deletion tells the task. */
  @Test
  default void anImportIsHeldByItsTask() {
    Image image = described();
    UUID task = UUID.randomUUID();
    Operation request =
        new Operation("api/req-1/begin", "api", "req-1", "begin", Requester.member("ann", "acme"));

    ImportPlan unused =
        registry()
            .imports()
            .begin(
                request,
                task,
                image.id(),
                new ImportOrder(ImportMethod.WEB_DOWNLOAD, List.of("fast"), false, true));

    assertThat(registry().uploads().of(image.id()).workflowId()).isEqualTo("task/" + task);
  }

  @Test
  default void aDownloadGetsAPlaceInEachStore() {
    Image image = described();
    UUID task = UUID.randomUUID();

    ImportPlan plan = begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "slow", "fast", "fast");

    assertThat(plan.source()).isNull();
    assertThat(plan.expected()).isEqualTo(ExpectedData.NONE);
    assertThat(plan.targets()).extracting(Location::store).containsExactly("fast", "slow");
    Image importing = reread(image.id());
    assertThat(importing.status()).isEqualTo(ImageStatus.IMPORTING);
    assertThat(importing.properties()).containsEntry(IMPORTING, "fast,slow");
    assertThat(stores(image.id()))
        .isEqualTo(Map.of("fast", LocationStatus.PENDING, "slow", LocationStatus.PENDING));
    assertThat(begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "fast", "slow")).isEqualTo(plan);
    assertThat(registry().history().of(image.id())).hasSize(2);
  }

  @Test
  default void whatIsStagedIsATargetWhereItsStoreIsWanted() {
    Location staged = staged("fast");
    UUID task = UUID.randomUUID();

    ImportPlan plan = begin(task, staged.imageId(), ImportMethod.GLANCE_DIRECT, "fast", "slow");

    assertThat(plan.source().id()).isEqualTo(staged.id());
    assertThat(plan.expected()).isEqualTo(ExpectedData.exactly(DATA));
    assertThat(in("fast", plan).id()).isEqualTo(staged.id());
    assertThat(in("slow", plan).id()).isNotEqualTo(staged.id());
    measured(in("slow", plan));
    assertThat(begin(task, staged.imageId(), ImportMethod.GLANCE_DIRECT, "fast", "slow"))
        .isEqualTo(plan);

    Image image =
        registry().imports().succeed(op(), task, staged.imageId(), ids(plan.targets()), List.of());

    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(image.size()).isEqualTo(DATA.size());
    assertThat(image.virtualSize()).isEqualTo(DATA.virtualSize());
    assertThat(image.checksum()).isEqualTo(DATA.checksum());
    assertThat(image.properties()).doesNotContainKeys(IMPORTING, FAILED);
    assertThat(stores(image.id()))
        .isEqualTo(Map.of("fast", LocationStatus.ACTIVE, "slow", LocationStatus.ACTIVE));
  }

  @Test
  default void whatIsStagedElsewhereGoesWithTheImport() {
    Location staged = staged("fast");
    UUID task = UUID.randomUUID();
    ImportPlan plan = begin(task, staged.imageId(), ImportMethod.GLANCE_DIRECT, "slow");
    assertThat(plan.targets()).extracting(Location::store).containsExactly("slow");
    measured(in("slow", plan));

    registry().imports().succeed(op(), task, staged.imageId(), ids(plan.targets()), List.of());

    assertThat(stores(staged.imageId()))
        .isEqualTo(Map.of("fast", LocationStatus.PENDING_DELETE, "slow", LocationStatus.ACTIVE));
  }

  @Test
  default void aStoreThatFailedIsNamedUntilTheNextImport() {
    Image image = described();
    UUID task = UUID.randomUUID();
    ImportPlan plan = begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a", "b", "c");
    measured(in("b", plan));

    Image active =
        registry()
            .imports()
            .succeed(op(), task, image.id(), List.of(in("b", plan).id()), List.of("c", "a"));

    assertThat(active.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(active.properties()).containsEntry(FAILED, "a,c").doesNotContainKey(IMPORTING);
    assertThat(stores(image.id()))
        .isEqualTo(
            Map.of(
                "a", LocationStatus.PENDING_DELETE,
                "b", LocationStatus.ACTIVE,
                "c", LocationStatus.PENDING_DELETE));
    begin(UUID.randomUUID(), image.id(), ImportMethod.COPY_IMAGE, "a");
    assertThat(reread(image.id()).properties())
        .containsEntry(IMPORTING, "a")
        .doesNotContainKey(FAILED);
  }

  @Test
  default void isNoSuccessWithoutMeasuredData() {
    Image image = described();
    UUID task = UUID.randomUUID();
    ImportPlan plan = begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a", "b");
    measured(in("a", plan));

    assertThatThrownBy(
            () ->
                registry()
                    .imports()
                    .succeed(op(), task, image.id(), ids(plan.targets()), List.of()))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("measured");
    assertThatThrownBy(
            () -> registry().imports().succeed(op(), task, image.id(), List.of(), List.of()))
        .isInstanceOf(Conflict.class);
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.IMPORTING);
  }

  @Test
  default void isNoSuccessIfStoresHaveNotTheSame() {
    Image image = described();
    UUID task = UUID.randomUUID();
    ImportPlan plan = begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a", "b");
    measured(in("a", plan));
    registry()
        .transferNotes()
        .recordMeasured(
            image.id(), in("b", plan).id(), new ImageData(7, DATA.checksum(), DATA.sha512()));

    assertThatThrownBy(
            () ->
                registry()
                    .imports()
                    .succeed(op(), task, image.id(), ids(plan.targets()), List.of()))
        .isInstanceOf(DataMismatch.class);
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.IMPORTING);
  }

  @Test
  default void oneThatFailedLeavesAQueuedImageAndSaysWhatToRemove() {
    Location staged = staged("fast");
    UUID id = staged.imageId();
    UUID task = UUID.randomUUID();
    ImportPlan plan = begin(task, id, ImportMethod.GLANCE_DIRECT, "fast", "slow");

    List<Location> left = registry().imports().fail(op(), task, id, List.of("slow"));

    assertThat(left).extracting(Location::store).containsExactly("fast", "slow");
    assertThat(left).extracting(Location::status).containsOnly(LocationStatus.PENDING_DELETE);
    Image image = reread(id);
    assertThat(image.status()).isEqualTo(ImageStatus.QUEUED);
    assertThat(image.size()).isNull();
    assertThat(image.properties()).containsEntry(FAILED, "slow").doesNotContainKey(IMPORTING);
    assertThat(registry().imports().fail(op(), task, id, List.of())).isEqualTo(left);
    assertThat(plan.targets()).hasSize(2);
    assertThat(registry().images().usage("mars").bytes()).isZero();

    UUID next = UUID.randomUUID();
    begin(next, id, ImportMethod.WEB_DOWNLOAD, "fast");
    assertThat(reread(id).status()).isEqualTo(ImageStatus.IMPORTING);
    assertThat(registry().imports().fail(op(), task, id, List.of())).isEmpty();
    assertThat(reread(id).status()).isEqualTo(ImageStatus.IMPORTING);
  }

  @Test
  default void aSecondImportIsRefusedByTheNameOfTheFirst() {
    Image image = described();
    UUID task = UUID.randomUUID();
    begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a");

    assertThatThrownBy(() -> begin(UUID.randomUUID(), image.id(), ImportMethod.WEB_DOWNLOAD, "a"))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining(task.toString());
  }

  @Test
  default void ofManyAtOnceOneHoldsTheImage() throws Exception {
    Image image = described();

    List<Object> outcomes =
        Together.run(
            8,
            i ->
                (i % 2 == 0 ? registry() : secondRegistry())
                    .imports()
                    .begin(
                        op(),
                        UUID.randomUUID(),
                        image.id(),
                        new ImportOrder(
                            ImportMethod.WEB_DOWNLOAD, List.of("a", "b"), false, true)));

    assertThat(outcomes).filteredOn(ImportPlan.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(7);
    assertThat(registry().locations().of(image.id())).hasSize(2);
  }

  @Test
  default void whatIsOverIsNotBegunAgain() {
    Image image = described();
    UUID task = UUID.randomUUID();
    ImportPlan plan = begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a");
    measured(in("a", plan));
    registry().imports().succeed(op(), task, image.id(), ids(plan.targets()), List.of());

    ImportPlan again = begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a");

    assertThat(again).isEqualTo(ImportPlan.over(true));
    assertThat(registry().imports().succeed(op(), task, image.id(), ids(plan.targets()), List.of()))
        .isEqualTo(reread(image.id()));
    assertThat(registry().imports().fail(op(), task, image.id(), List.of())).isEmpty();
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  default void oneThatHasFailedIsNotBegunAgain() {
    Image image = described();
    UUID task = UUID.randomUUID();
    begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a");
    registry().imports().fail(op(), task, image.id(), List.of());

    assertThat(begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a"))
        .isEqualTo(ImportPlan.over(false));
    assertThatThrownBy(
            () -> registry().imports().succeed(op(), task, image.id(), List.of(), List.of()))
        .isInstanceOf(Conflict.class);
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.QUEUED);
  }

  @ParameterizedTest
  @EnumSource(
      value = ImportMethod.class,
      names = {"WEB_DOWNLOAD", "LOCATION"})
  default void needsTheFormatsOfItsImage(ImportMethod method) {
    Image bare = queued();

    assertThatThrownBy(() -> begin(UUID.randomUUID(), bare.id(), method, "a"))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("disk_format");
    assertThat(reread(bare.id())).isEqualTo(bare);
  }

  @Test
  default void aDeletionCondemnsEverythingAndEndsIt() {
    Image image = described();
    UUID task = UUID.randomUUID();
    ImportPlan plan = begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a", "b");
    measured(in("a", plan));

    registry().deletions().delete(op(), image.id(), Duration.ofHours(1));

    Image deleted = reread(image.id());
    assertThat(deleted.status()).isEqualTo(ImageStatus.DELETED);
    assertThat(deleted.properties()).doesNotContainKey(IMPORTING);
    assertThat(stores(image.id()).values()).containsOnly(LocationStatus.PENDING_DELETE);
    assertThatThrownBy(
            () ->
                registry()
                    .imports()
                    .succeed(op(), task, image.id(), ids(plan.targets()), List.of()))
        .isInstanceOf(NotFound.class);
    assertThat(registry().imports().fail(op(), task, image.id(), List.of("a"))).isEmpty();
    assertThat(reread(image.id())).isEqualTo(deleted);
    assertThat(imports()).isEmpty();
  }

  @Test
  default void everyStepIsInTheHistory() {
    Location staged = staged("fast");
    UUID task = UUID.randomUUID();
    ImportPlan plan = begin(task, staged.imageId(), ImportMethod.GLANCE_DIRECT, "fast");
    registry().imports().succeed(op(), task, staged.imageId(), ids(plan.targets()), List.of());

    assertThat(registry().history().of(staged.imageId()))
        .extracting(HistoryEntry::to)
        .containsExactly("queued", "uploading", "importing", "active");
  }

  @Test
  default void isInTransitWhileItGoesOn() {
    Image image = described();
    UUID task = UUID.randomUUID();
    begin(task, image.id(), ImportMethod.WEB_DOWNLOAD, "a");

    List<BacklogRow> rows = imports();
    assertThat(rows).singleElement().extracting(BacklogRow::id).isEqualTo(image.id());
    assertThat(rows.get(0).upload()).isEqualTo("task/" + task);
    assertThat(registry().backlog().holds(rows.get(0))).isTrue();

    registry().imports().fail(op(), task, image.id(), List.of());
    assertThat(imports()).isEmpty();
    assertThat(registry().backlog().holds(rows.get(0))).isFalse();
  }

  private List<BacklogRow> imports() {
    return registry().backlog().page(Finding.Kind.ABANDONED_IMPORT, null, 10);
  }

  private static List<UUID> ids(List<Location> locations) {
    return locations.stream().map(Location::id).toList();
  }
}
