package dev.vitrine.worker;

import static dev.vitrine.worker.Installation.ALICE;
import static dev.vitrine.worker.Installation.BOB;
import static dev.vitrine.worker.Installation.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every way an image gets its data, or doesn't: edges 1, 4 and 6 to 9. */
@Timeout(120)
class UploadLifecycleTest {

  private static final String CREATE = "- > create > queued in image-upload";
  private static final String BEGIN = "queued > begin upload > saving in image-upload";
  private static final String SUCCEED = "saving > upload succeeded > active in image-upload";
  private static final String REQUEUE = "saving > upload failed (requeue) > queued in image-upload";
  private static final String KILL = "saving > upload failed (kill) > killed in image-upload";
  private static final byte[] DATA = new byte[300_000];

  @TempDir private static Path directory;
  private static Installation vitrine;
  private static AnsweringSource web;

  private final UUID id = UUID.randomUUID();
  private final NewImage image = NewImage.of(id, ALICE.project());

  @BeforeAll
  static void start() throws Exception {
    new Random(1).nextBytes(DATA);
    web = new AnsweringSource(DATA);
    vitrine = new Installation(directory);
  }

  @AfterAll
  static void stop() {
    vitrine.close();
    web.close();
  }

  @Test
  void aFileMakesTheImageActive() throws Exception {
    UploadResult result =
        vitrine.upload(UploadRequest.of(image, vitrine.files().file(DATA), ALICE));

    assertActivated(result);
    assertThat(vitrine.history(id)).containsExactly(CREATE, BEGIN, SUCCEED);
  }

  @Test
  void aWebAddressMakesTheImageActive() throws Exception {
    assertActivated(vitrine.upload(UploadRequest.of(image, web.disk(), ALICE)));
  }

  @Test
  void aHeldStreamMakesTheImageActive() throws Exception {
    Source.HeldStream stream =
        vitrine.worker().hold(new ByteArrayInputStream(DATA), (long) DATA.length);

    UploadResult result = vitrine.upload(UploadRequest.of(image, stream, ALICE));

    vitrine.worker().release(stream);
    assertActivated(result);
  }

  @Test
  void anotherImageMakesTheImageActive() throws Exception {
    Source source = new Source.OfImage(vitrine.activeImage(DATA));

    assertActivated(vitrine.upload(UploadRequest.of(image, source, ALICE)));
  }

  @Test
  void declaredDataThatArrivesIsAccepted() throws Exception {
    UploadRequest request =
        UploadRequest.of(image, web.disk(), ALICE).expecting(ExpectedData.exactly(measured()));

    assertActivated(vitrine.upload(request));
  }

  @Test
  void anImageThatIsRegisteredAlreadyIsUploaded() throws Exception {
    vitrine.act(new ImageAction.Register(image, ALICE));

    assertActivated(vitrine.upload(UploadRequest.ofQueued(id, web.disk(), ALICE)));
    assertThat(vitrine.history(id))
        .containsExactly("- > create > queued in image-register", BEGIN, SUCCEED);
  }

  @Test
  void aMissingSourceRequeuesAndTheImageMayBeUploadedAgain() throws Exception {
    UploadResult failed = vitrine.upload(UploadRequest.of(image, web.status(404), ALICE));

    assertFailed(failed, Outcome.REQUEUED, "SourceUnusable", "answered 404");
    assertThat(vitrine.history(id)).containsExactly(CREATE, BEGIN, REQUEUE);
    assertNothingIsLeft(ImageStatus.QUEUED);

    assertActivated(vitrine.upload(UploadRequest.ofQueued(id, web.disk(), ALICE)));
    assertThat(vitrine.history(id)).containsExactly(CREATE, BEGIN, REQUEUE, BEGIN, SUCCEED);
  }

  @Test
  void aMissingSourceKillsUnderTheOtherPolicy() throws Exception {
    UploadResult failed =
        vitrine.upload(
            UploadRequest.of(image, web.status(404), ALICE).withPolicy(FailurePolicy.KILL));

    assertFailed(failed, Outcome.KILLED, "SourceUnusable", "answered 404");
    assertThat(vitrine.history(id)).containsExactly(CREATE, BEGIN, KILL);
    assertNothingIsLeft(ImageStatus.KILLED);
    assertThat(refusal(() -> vitrine.upload(UploadRequest.ofQueued(id, web.disk(), ALICE))))
        .isInstanceOf(Conflict.class)
        .hasMessageContainingAll(id.toString(), "is killed", "allowed: delete");
  }

  @Test
  void anotherSizeThanDeclaredRequeues() throws Exception {
    ExpectedData expected = new ExpectedData(DATA.length + 1L, null, null);

    UploadResult failed =
        vitrine.upload(
            UploadRequest.of(image, vitrine.files().file(DATA), ALICE).expecting(expected));

    assertFailed(failed, Outcome.REQUEUED, "DataMismatch", "300001", "300000");
    assertNothingIsLeft(ImageStatus.QUEUED);
  }

  @Test
  void anotherChecksumThanDeclaredKills() throws Exception {
    ExpectedData expected = new ExpectedData(null, "0".repeat(32), null);

    UploadResult failed =
        vitrine.upload(
            UploadRequest.of(image, web.disk(), ALICE)
                .expecting(expected)
                .withPolicy(FailurePolicy.KILL));

    assertFailed(failed, Outcome.KILLED, "DataMismatch", "0".repeat(32), measured().checksum());
    assertNothingIsLeft(ImageStatus.KILLED);
  }

  @Test
  void moreDataThanAllowedRequeues() throws Exception {
    UploadResult failed =
        vitrine.upload(
            UploadRequest.of(image, vitrine.files().file(new byte[(1 << 20) + 1]), ALICE));

    assertFailed(failed, Outcome.REQUEUED, "TooLarge", "1048576");
    assertNothingIsLeft(ImageStatus.QUEUED);
  }

  @Test
  void aFileOutsideTheSourceRootsRequeues() throws Exception {
    UploadResult failed =
        vitrine.upload(UploadRequest.of(image, new Source.Url("file:///etc/hostname"), ALICE));

    assertFailed(failed, Outcome.REQUEUED, "Forbidden", "transfer.source-roots");
    assertNothingIsLeft(ImageStatus.QUEUED);
  }

  @Test
  void aStreamThatNobodyHoldsRequeues() throws Exception {
    Source.HeldStream stream = vitrine.worker().hold(new ByteArrayInputStream(DATA), null);
    vitrine.worker().release(stream);

    UploadResult failed = vitrine.upload(UploadRequest.of(image, stream, ALICE));

    assertFailed(failed, Outcome.REQUEUED, "SourceUnusable", "upload again");
    assertNothingIsLeft(ImageStatus.QUEUED);
  }

  @Test
  void anImageWithoutDataIsNoSource() throws Exception {
    UUID empty = UUID.randomUUID();
    vitrine.act(new ImageAction.Register(NewImage.of(empty, ALICE.project()), ALICE));

    UploadResult failed = vitrine.upload(UploadRequest.of(image, new Source.OfImage(empty), ALICE));

    assertFailed(failed, Outcome.REQUEUED, "Conflict", empty.toString(), "is queued");
    assertNothingIsLeft(ImageStatus.QUEUED);
  }

  @Test
  void aSourceThatKeepsFailingIsGivenUp() throws Exception {
    UploadResult failed = vitrine.upload(UploadRequest.of(image, web.status(503), ALICE));

    assertFailed(failed, Outcome.REQUEUED, "GaveUp", "attempt 2", "answered 503");
    assertNothingIsLeft(ImageStatus.QUEUED);
  }

  @Test
  void aStoreThatComesBackGetsTheData() throws Exception {
    UploadRequest request = UploadRequest.of(image, vitrine.files().file(DATA), ALICE);
    vitrine
        .files()
        .whileTheStoreIsDown(
            () -> {
              vitrine.startUpload(request);
              vitrine.awaitAttempt(WorkflowIds.upload(id));
            });

    assertActivated(result(vitrine.workflow(WorkflowIds.upload(id))));
  }

  @Test
  void cancellingRequeues() throws Exception {
    try (StallingSource source = new StallingSource(DATA)) {
      WorkflowStub upload = stalled(source, FailurePolicy.REQUEUE);

      vitrine.cancelUpload(id, BOB);

      assertFailed(result(upload), Outcome.REQUEUED, null, "upload cancelled by bob");
      assertThat(vitrine.history(id)).containsExactly(CREATE, BEGIN, REQUEUE);
      assertNothingIsLeft(ImageStatus.QUEUED);
    }
  }

  @Test
  void cancellingKillsUnderTheOtherPolicy() throws Exception {
    try (StallingSource source = new StallingSource(DATA)) {
      WorkflowStub upload = stalled(source, FailurePolicy.KILL);

      vitrine.cancelUpload(id, ALICE);

      assertFailed(result(upload), Outcome.KILLED, null, "upload cancelled by alice");
      assertNothingIsLeft(ImageStatus.KILLED);
    }
  }

  @Test
  void cancellingInTemporalRequeues() throws Exception {
    try (StallingSource source = new StallingSource(DATA)) {
      WorkflowStub upload = stalled(source, FailurePolicy.REQUEUE);

      upload.cancel();

      assertThatThrownBy(() -> result(upload)).isInstanceOf(WorkflowFailedException.class);
      assertThat(vitrine.history(id)).containsExactly(CREATE, BEGIN, REQUEUE);
      assertThat(vitrine.registry().history().of(id).get(2).cause())
          .isEqualTo("upload cancelled in Temporal");
      assertNothingIsLeft(ImageStatus.QUEUED);
    }
  }

  @Test
  void deletingWhileSavingStopsTheUpload() throws Exception {
    try (StallingSource source = new StallingSource(DATA)) {
      WorkflowStub upload = stalled(source, FailurePolicy.REQUEUE);

      ImageSummary deleted = vitrine.delete(id, ALICE, Duration.ofHours(1));

      assertThat(deleted.status()).isEqualTo(ImageStatus.DELETED);
      assertFailed(result(upload), Outcome.DELETED, null, "image deleted by alice");
      vitrine.awaitDataRemoved(id);
      assertThat(vitrine.history(id))
          .containsExactly(CREATE, BEGIN, "saving > delete > deleted in image-deletion");
      assertNothingIsLeft(ImageStatus.DELETED);
    }
  }

  @Test
  void aSecondUploadIsRefusedAtOnce() throws Exception {
    try (StallingSource source = new StallingSource(DATA)) {
      WorkflowStub upload = stalled(source, FailurePolicy.REQUEUE);

      assertThatThrownBy(() -> vitrine.startUpload(UploadRequest.ofQueued(id, web.disk(), ALICE)))
          .isInstanceOf(WorkflowExecutionAlreadyStarted.class);

      assertThat(vitrine.history(id)).containsExactly(CREATE, BEGIN);
      vitrine.cancelUpload(id, ALICE);
      assertThat(result(upload).outcome()).isEqualTo(Outcome.REQUEUED);
    }
  }

  @Test
  void anActiveImageIsNotUploadedAgain() throws Exception {
    UUID active = vitrine.activeImage(DATA);

    assertThat(refusal(() -> vitrine.upload(UploadRequest.ofQueued(active, web.disk(), ALICE))))
        .isInstanceOf(Conflict.class)
        .hasMessageContainingAll(active.toString(), "is active", "allowed: delete");
    assertThat(vitrine.history(active)).containsExactly(CREATE, BEGIN, SUCCEED);
  }

  @Test
  void anUploadOfNothingOrOfAnothersImageIsRefused() throws Exception {
    assertThat(refusal(() -> vitrine.upload(UploadRequest.ofQueued(id, web.disk(), ALICE))))
        .isInstanceOf(NotFound.class);
    vitrine.act(new ImageAction.Register(image, ALICE));
    assertThat(refusal(() -> vitrine.upload(UploadRequest.ofQueued(id, web.disk(), BOB))))
        .isInstanceOf(NotFound.class);
    assertThat(refusal(() -> vitrine.upload(UploadRequest.of(image, web.disk(), BOB))))
        .isInstanceOf(Forbidden.class);
    assertThat(vitrine.history(id)).containsExactly("- > create > queued in image-register");
  }

  private WorkflowStub stalled(StallingSource source, FailurePolicy policy)
      throws InterruptedException {
    WorkflowStub upload =
        vitrine.startUpload(
            UploadRequest.of(image, new Source.Url(source.url()), ALICE).withPolicy(policy));
    source.awaitStall();
    Installation.await("partial data is there", () -> !vitrine.files().stored(id).isEmpty());
    assertThat(vitrine.registry().lookup().find(id).orElseThrow().status())
        .isEqualTo(ImageStatus.SAVING);
    return upload;
  }

  private static UploadResult result(WorkflowStub upload) {
    return Installation.end(upload);
  }

  private static void assertFailed(
      UploadResult result, Outcome outcome, String errorKind, String... message) {
    assertThat(result.outcome()).isEqualTo(outcome);
    assertThat(result.data()).isNull();
    assertThat(result.errorKind()).isEqualTo(errorKind);
    assertThat(result.message()).contains(message);
  }

  private static void assertActivated(UploadResult result) throws Exception {
    assertThat(result.outcome()).as("%s", result.message()).isEqualTo(Outcome.ACTIVATED);
    assertThat(result.data()).isEqualTo(measured());
    assertThat(result.message()).isNull();
    Image active = vitrine.registry().lookup().find(result.imageId()).orElseThrow();
    assertThat(active.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(active.size()).isEqualTo(DATA.length);
    assertThat(active.checksum()).isEqualTo(measured().checksum());
    assertThat(active.osHashValue()).isEqualTo(measured().sha512());
    Location location = vitrine.registry().locations().of(active.id()).get(0);
    assertThat(location.status()).isEqualTo(LocationStatus.ACTIVE);
    Path file = vitrine.files().store().resolve(location.key());
    assertThat(file).hasBinaryContent(DATA);
    assertThat(vitrine.files().stored(active.id()))
        .containsExactlyInAnyOrder(file.getParent(), file);
  }

  private void assertNothingIsLeft(ImageStatus status) throws InterruptedException {
    Image settled = vitrine.registry().lookup().find(id).orElseThrow();
    assertThat(settled.status()).isEqualTo(status);
    assertThat(settled.size()).isNull();
    assertThat(settled.checksum()).isNull();
    assertThat(settled.osHashValue()).isNull();
    // The outcome was told before: nobody waits for this.
    vitrine.awaitNoLocation(id);
    assertThat(vitrine.files().stored(id)).isEmpty();
  }

  private static ImageData measured() throws Exception {
    return new ImageData(DATA.length, digest("MD5"), digest("SHA-512"));
  }

  private static String digest(String algorithm) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(DATA));
  }
}
