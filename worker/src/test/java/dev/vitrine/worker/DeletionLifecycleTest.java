package dev.vitrine.worker;

import static dev.vitrine.worker.Installation.ALICE;
import static dev.vitrine.worker.Installation.BOB;
import static dev.vitrine.worker.Installation.ROOT;
import static dev.vitrine.worker.Installation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.upload.UploadRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every way an image goes: edges 5 and 10 to 17. Edge 9 is an end of an upload. */
@Timeout(120)
class DeletionLifecycleTest {

  private static final byte[] DATA = new byte[100_000];
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration LONG = Duration.ofDays(7);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String SCRUB = "pending_delete > scrub > deleted in image-deletion";

  @TempDir private static Path directory;
  private static Installation vitrine;

  @BeforeAll
  static void start() throws Exception {
    vitrine = new Installation(directory);
  }

  @AfterAll
  static void stop() {
    vitrine.close();
  }

  @Test
  void deletesWhatIsQueued() {
    UUID id = queued();

    assertDeleted(id, ALICE, 0);
    assertThat(lastChange(id)).isEqualTo("queued > delete > deleted in image-deletion");
  }

  @Test
  void deletesWhatIsQueuedAtOnceDespiteADelay() {
    UUID id = queued();

    ImageSummary deleted = vitrine.delete(id, ALICE, LONG);

    assertThat(deleted.status()).isEqualTo(ImageStatus.DELETED);
    assertThat(vitrine.awaitDataRemoved(id).locationsRemoved()).isZero();
  }

  @Test
  void deletesWhatIsActive() throws Exception {
    UUID id = vitrine.activeImage(DATA);

    assertDeleted(id, ALICE, 1);
    assertThat(lastChange(id)).isEqualTo("active > delete > deleted in image-deletion");
  }

  @Test
  void deletesWhatIsActiveAndEmpty() {
    UUID id = UUID.randomUUID();
    NewImage empty =
        new NewImage(id, null, 0L, null, null, 0, 0, null, false, false, "acme", null, null);
    vitrine.act(new ImageAction.Register(empty, ALICE));

    assertDeleted(id, ALICE, 0);
  }

  @Test
  void forgetsALocationThatLiesElsewhere() throws Exception {
    try (AnsweringSource web = new AnsweringSource(DATA)) {
      UUID id = queued();
      vitrine.act(new ImageAction.AddLocation(id, web.disk().url(), ALICE));

      assertDeleted(id, ALICE, 1);
    }
  }

  @Test
  void itsOwnerDeletesWhatIsDeactivated() throws Exception {
    deletesWhatIsDeactivated(ALICE);
  }

  @Test
  void anAdminDeletesWhatIsDeactivated() throws Exception {
    deletesWhatIsDeactivated(ROOT);
  }

  /** The reference forgets the data if an admin asks, and refuses its owner. */
  private static void deletesWhatIsDeactivated(Requester by) throws Exception {
    UUID id = deactivated();

    assertDeleted(id, by, 1);
    assertThat(lastChange(id)).isEqualTo("deactivated > delete > deleted in image-deletion");
  }

  @Test
  void deletesWhatIsKilled() {
    UUID id = UUID.randomUUID();
    vitrine.upload(
        UploadRequest.of(NewImage.of(id, "acme"), new Source.Url("file:///nowhere"), ALICE)
            .withPolicy(FailurePolicy.KILL));
    assertThat(status(id)).isEqualTo(ImageStatus.KILLED);

    assertDeleted(id, ALICE, 0);
    assertThat(lastChange(id)).isEqualTo("killed > delete > deleted in image-deletion");
  }

  @Test
  void keepsTheDataUntilTheScrubTime() throws Exception {
    UUID id = vitrine.activeImage(DATA);

    ImageSummary pending = vitrine.delete(id, ALICE, LONG);

    assertThat(pending.status()).isEqualTo(ImageStatus.PENDING_DELETE);
    assertThat(pending.scrubAt()).isAfter(Instant.now().plus(Duration.ofDays(6)));
    Location location = vitrine.registry().locations().of(id).get(0);
    assertThat(location.status()).isEqualTo(LocationStatus.PENDING_DELETE);
    assertThat(vitrine.files().store().resolve(location.key())).hasBinaryContent(DATA);
    assertThat(vitrine.isRunning(WorkflowIds.deletion(id))).isTrue();
    assertThat(vitrine.delete(id, ALICE, AT_ONCE)).isEqualTo(pending);
    assertThat(refusal(() -> vitrine.act(new ImageAction.Deactivate(id, ROOT))))
        .hasMessageContainingAll(id.toString(), "is pending_delete", "allowed: scrub");
  }

  @Test
  void removesTheDataOfWhatWasActiveAfterTheScrubTime() throws Exception {
    UUID id = vitrine.activeImage(DATA);

    vitrine.delete(id, ALICE, SHORT);

    assertThat(vitrine.awaitDataRemoved(id)).isEqualTo(new DeletionResult(id, 1));
    assertGone(id);
    assertThat(vitrine.history(id))
        .endsWith("active > delayed delete > pending_delete in image-deletion", SCRUB);
  }

  @Test
  void itsOwnerDeletesWhatIsDeactivatedWithADelay() throws Exception {
    deletesWhatIsDeactivatedWithADelay(ALICE);
  }

  @Test
  void anAdminDeletesWhatIsDeactivatedWithADelay() throws Exception {
    deletesWhatIsDeactivatedWithADelay(ROOT);
  }

  private static void deletesWhatIsDeactivatedWithADelay(Requester by) throws Exception {
    UUID id = deactivated();

    vitrine.delete(id, by, SHORT);

    assertThat(vitrine.awaitDataRemoved(id)).isEqualTo(new DeletionResult(id, 1));
    assertGone(id);
    assertThat(vitrine.history(id))
        .endsWith("deactivated > delayed delete > pending_delete in image-deletion", SCRUB);
  }

  @Test
  void leavesWhatIsProtected() throws Exception {
    UUID id = UUID.randomUUID();
    NewImage image =
        new NewImage(id, null, null, null, null, 0, 0, null, true, false, "acme", null, null);
    vitrine.upload(UploadRequest.of(image, vitrine.files().file(DATA), ALICE));

    assertThat(refusal(() -> vitrine.delete(id, ALICE, AT_ONCE)))
        .isInstanceOf(Forbidden.class)
        .hasMessageContainingAll(id.toString(), "is protected");
    assertThat(refusal(() -> vitrine.delete(id, ROOT, LONG))).isInstanceOf(Forbidden.class);

    assertThat(status(id)).isEqualTo(ImageStatus.ACTIVE);
    assertThat(vitrine.history(id)).hasSize(3);
    assertThat(vitrine.files().stored(id)).hasSize(2);
  }

  @Test
  void doesNotStopTheUploadOfWhatIsProtected() throws Exception {
    UUID id = UUID.randomUUID();
    NewImage image =
        new NewImage(id, null, null, null, null, 0, 0, null, true, false, "acme", null, null);
    try (StallingSource source = new StallingSource(DATA)) {
      vitrine.startUpload(UploadRequest.of(image, new Source.Url(source.url()), ALICE));
      source.awaitStall();

      assertThat(refusal(() -> vitrine.delete(id, ALICE, AT_ONCE))).isInstanceOf(Forbidden.class);

      assertThat(status(id)).isEqualTo(ImageStatus.SAVING);
      vitrine.cancelUpload(id, ALICE);
      Installation.await("it has stopped", () -> status(id) == ImageStatus.QUEUED);
    }
  }

  @Test
  void findsNothingToDeleteForOthersOrTwice() throws Exception {
    UUID id = vitrine.activeImage(DATA);

    assertThat(refusal(() -> vitrine.delete(id, BOB, AT_ONCE)))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(id.toString());
    assertThat(status(id)).isEqualTo(ImageStatus.ACTIVE);
    assertDeleted(id, ALICE, 1);
    assertThat(refusal(() -> vitrine.delete(id, ALICE, AT_ONCE))).isInstanceOf(NotFound.class);
    assertThat(refusal(() -> vitrine.delete(UUID.randomUUID(), ROOT, AT_ONCE)))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void aStoreThatIsDownDoesNotLoseTheDeletion() throws Exception {
    UUID id = vitrine.activeImage(DATA);
    vitrine
        .files()
        .whileTheStoreIsDown(
            () -> {
              assertThat(vitrine.delete(id, ALICE, AT_ONCE).status())
                  .isEqualTo(ImageStatus.DELETED);
              vitrine.awaitAttempt(WorkflowIds.deletion(id));
              assertThat(vitrine.registry().locations().of(id))
                  .singleElement()
                  .returns(LocationStatus.PENDING_DELETE, Location::status);
            });

    assertThat(vitrine.awaitDataRemoved(id).locationsRemoved()).isEqualTo(1);
    assertGone(id);
  }

  private static void assertDeleted(UUID id, Requester by, int locationsRemoved) {
    ImageSummary deleted = vitrine.delete(id, by, AT_ONCE);

    assertThat(deleted.status()).isEqualTo(ImageStatus.DELETED);
    assertThat(vitrine.awaitDataRemoved(id)).isEqualTo(new DeletionResult(id, locationsRemoved));
    assertGone(id);
  }

  private static void assertGone(UUID id) {
    assertThat(status(id)).isEqualTo(ImageStatus.DELETED);
    assertThat(vitrine.registry().locations().of(id)).isEmpty();
    assertThat(vitrine.files().stored(id)).isEmpty();
  }

  private static UUID queued() {
    UUID id = UUID.randomUUID();
    vitrine.act(new ImageAction.Register(NewImage.of(id, "acme"), ALICE));
    return id;
  }

  private static UUID deactivated() throws Exception {
    UUID id = vitrine.activeImage(DATA);
    vitrine.act(new ImageAction.Deactivate(id, ROOT));
    return id;
  }

  private static ImageStatus status(UUID id) {
    return vitrine.registry().lookup().find(id).orElseThrow().status();
  }

  private static String lastChange(UUID id) {
    List<String> history = vitrine.history(id);
    return history.get(history.size() - 1);
  }
}
