package dev.vitrine.step;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.BOB;
import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.ROOT;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.StoreNames;
import dev.vitrine.image.Visibility;
import dev.vitrine.registry.AdjustableClock;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.Samples;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.task.TaskInput;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImageActivitiesImplTest {

  private Registry registry;
  private ImageActivitiesImpl activities;

  @BeforeAll
  void open(@TempDir Path folder) {
    registry =
        Registries.open(
            RegistryConfig.of("jdbc:sqlite:" + folder.resolve("registry.db")),
            new AdjustableClock());
    activities =
        new ImageActivitiesImpl(
            registry,
            new GuardedImages(registry, new ImageAccess(Permissions.DEFAULT)),
            new StoreNames(List.of("main", "cold"), Set.of("cold")));
  }

  @AfterAll
  void close() {
    registry.close();
  }

  private static void assertFails(String kind, boolean permanent, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(kind);
              assertThat(failure.isNonRetryable()).isEqualTo(permanent);
            });
  }

  private static void assertFails(String kind, ThrowingCallable call) {
    assertFails(kind, true, call);
  }

  private UUID image() {
    return activities.registerImage(op(), Samples.image(), ALICE).id();
  }

  private UUID activeImage() {
    UUID id = image();
    Location location = activities.beginUpload(op(), id, FailurePolicy.REQUEUE, ALICE, null, null);
    registry.transferNotes().recordMeasured(id, location.id(), DATA);
    activities.completeUpload(op(), id, location.id(), DATA);
    return id;
  }

  @Test
  void uploadsToTheDefaultStore() {
    UUID id = image();

    Location location = activities.beginUpload(op(), id, FailurePolicy.REQUEUE, ALICE, null, null);

    assertThat(location.store()).isEqualTo("main");
    registry.transferNotes().recordMeasured(id, location.id(), DATA);
    ImageSummary active = activities.completeUpload(op(), id, location.id(), DATA);
    assertThat(active.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(activities.locations(id))
        .extracting(Location::status)
        .containsExactly(LocationStatus.ACTIVE);
    assertThat(activities.requireData(id, ALICE, "export")).isEqualTo(active);
  }

  @Test
  void beginsNoUploadIntoAStoreThatTakesNoData() {
    UUID id = image();

    assertFails(
        "Invalid", () -> activities.beginUpload(op(), id, FailurePolicy.KILL, ALICE, 1L, "cold"));

    assertThat(activities.locations(id)).isEmpty();
    assertThat(registry.lookup().find(id).orElseThrow().status()).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  void failsAnUploadByItsPolicy() {
    UUID id = image();
    activities.beginUpload(op(), id, FailurePolicy.KILL, ALICE, null, null);

    assertThat(activities.failUpload(op(), id, FailurePolicy.KILL, null).status())
        .isEqualTo(ImageStatus.KILLED);
  }

  @Test
  void deletesAndScrubs() {
    UUID id = activeImage();

    assertThat(activities.deleteImage(op(), id, ALICE, Samples.SCRUB_TIME).status())
        .isEqualTo(ImageStatus.PENDING_DELETE);
    registry.locations().of(id).forEach(location -> registry.locations().forget(location.id()));
    assertThat(activities.completeScrub(op(), id).status()).isEqualTo(ImageStatus.DELETED);
  }

  @Test
  void registersForOthersOnlyByAnAdmin() {
    NewImage foreign = Samples.image();

    assertFails("Forbidden", () -> activities.registerImage(op(), foreign, BOB));
    assertThat(registry.lookup().find(foreign.id())).isEmpty();
    assertThat(activities.registerImage(op(), foreign, ROOT).owner()).isEqualTo("mars");
  }

  @Test
  void registersForEveryoneOnlyByAnAdmin() {
    NewImage forEveryone = Samples.image(Visibility.PUBLIC, false);

    assertFails("Forbidden", () -> activities.registerImage(op(), forEveryone, ALICE));
    assertThat(activities.registerImage(op(), forEveryone, ROOT).visibility())
        .isEqualTo(Visibility.PUBLIC);
    assertThat(
            activities
                .registerImage(op(), Samples.image(Visibility.COMMUNITY, false), ALICE)
                .visibility())
        .isEqualTo(Visibility.COMMUNITY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/a",
        "file:///etc/passwd",
        "example.org/a",
        "not a url",
        "http:///path",
        "https://user:secret@example.org/a"
      })
  void refusesALocationThatIsNotOnTheWeb(String url) {
    UUID id = image();

    assertFails("Invalid", () -> activities.addLocation(op(), id, url, ALICE));
    assertThat(registry.lookup().find(id).orElseThrow().status()).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  void addsALocationOnTheWeb() {
    ImageSummary image = activities.addLocation(op(), image(), "HTTPS://example.org/a", ALICE);

    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  void hidesAnImageFromOtherProjects() {
    UUID id = activeImage();

    assertThat(activities.findImage(id, BOB)).isEmpty();
    assertThat(activities.findImage(id, ALICE)).isPresent();
    assertThat(activities.findImage(id, ROOT)).isPresent();
    assertFails("NotFound", () -> activities.deleteImage(op(), id, BOB, Duration.ZERO));
    assertFails("NotFound", () -> activities.requireData(id, BOB, "clone"));
    assertFails("NotFound", () -> activities.deactivate(op(), id, BOB));
    assertFails("NotFound", () -> activities.requireData(UUID.randomUUID(), ROOT, "clone"));
    assertThat(activities.findImage(UUID.randomUUID(), ROOT)).isEmpty();
  }

  @Test
  void letsAMemberReadAndNotChange() {
    UUID id = activeImage();
    registry.members().add(id, BOB.project());

    assertThat(activities.findImage(id, BOB)).isPresent();
    assertThat(activities.requireData(id, BOB, "clone").id()).isEqualTo(id);
    assertFails("Forbidden", () -> activities.deleteImage(op(), id, BOB, Duration.ZERO));
    assertFails(
        "Forbidden", () -> activities.beginUpload(op(), id, FailurePolicy.KILL, BOB, null, null));
    assertFails("Forbidden", () -> activities.addLocation(op(), id, "http://h/", BOB));
    assertFails("Forbidden", () -> activities.reactivate(op(), id, BOB));
  }

  @Test
  void deniesTheDataOfWhatIsDeactivated() {
    UUID id = activeImage();

    assertFails(
        "Forbidden", () -> activities.deactivate(op(), id, Requester.reader("ann", "mars")));
    assertThat(activities.deactivate(op(), id, ROOT).status()).isEqualTo(ImageStatus.DEACTIVATED);
    assertFails("Forbidden", () -> activities.requireData(id, ALICE, "export"));
    assertThat(activities.requireData(id, ROOT, "export").id()).isEqualTo(id);
    assertFails("Forbidden", () -> activities.reactivate(op(), id, ALICE));
    assertThat(activities.reactivate(op(), id, ROOT).status()).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  void carriesARefusedChangeAsAPermanentFailure() {
    UUID id = image();

    assertFails("Conflict", () -> activities.requireData(id, ALICE, "export"));
    assertFails("Conflict", () -> activities.failUpload(op(), id, FailurePolicy.KILL, null));
    assertFails("Conflict", () -> activities.completeScrub(op(), id));
    assertFails("NotFound", () -> activities.completeScrub(op(), UUID.randomUUID()));
  }

  @Test
  void carriesAnUnreachableRegistryAsARetryableFailure(@TempDir Path folder) {
    Registry closed =
        Registries.open(
            RegistryConfig.of("jdbc:sqlite:" + folder.resolve("closed.db")), new AdjustableClock());
    closed.close();

    assertFails(
        "Unavailable",
        false,
        () ->
            new ImageActivitiesImpl(
                    closed,
                    new GuardedImages(closed, new ImageAccess(Permissions.DEFAULT)),
                    new StoreNames(List.of("main"), Set.of()))
                .locations(UUID.randomUUID()));
  }

  @Test
  void makesTheImageOfACloneFromTheOriginalInTheRegistry() {
    Map<String, String> many = new HashMap<>();
    for (int property = 0; property < 100; property++) {
      many.put("note-" + property, "x".repeat(1_000));
    }
    NewImage original = Samples.image(many, List.of("a", "b"));
    activities.registerImage(op(), original, ALICE);
    Location location =
        activities.beginUpload(op(), original.id(), FailurePolicy.REQUEUE, ALICE, null, null);
    registry.transferNotes().recordMeasured(original.id(), location.id(), DATA);
    activities.completeUpload(op(), original.id(), location.id(), DATA);
    UUID task = UUID.randomUUID();
    Map<String, Object> overrides = Map.of("name", "copy", "note-1", "changed");
    registry.tasks().create(op(), task, new TaskInput.Clone(original.id(), overrides), ALICE);

    ImageSummary copy = activities.registerImageOfTask(op(), task, UUID.randomUUID(), ALICE);

    Image made = registry.lookup().find(copy.id()).orElseThrow();
    many.put("note-1", "changed");
    assertThat(made.name()).isEqualTo("copy");
    assertThat(made.properties()).isEqualTo(many);
    assertThat(made.tags()).containsExactly("a", "b");
    assertThat(made.status()).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  void makesNoImageOfWhatTheRequesterMayNotRead() {
    UUID task = UUID.randomUUID();
    registry.tasks().create(op(), task, new TaskInput.Clone(activeImage(), Map.of()), BOB);

    assertFails(
        "NotFound", () -> activities.registerImageOfTask(op(), task, UUID.randomUUID(), BOB));
  }
}
