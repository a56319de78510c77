package dev.vitrine.worker;

import static dev.vitrine.worker.Installation.ALICE;
import static dev.vitrine.worker.Installation.ROOT;
import static dev.vitrine.worker.Installation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.workflow.action.ImageAction;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What changes an image and moves no data: edges 1 to 3, 12 and 13. */
@Timeout(120)
class ActionLifecycleTest {

  private static final byte[] DATA = new byte[1000];

  @TempDir private static Path directory;
  private static Installation vitrine;

  private final UUID id = UUID.randomUUID();
  private final NewImage image = NewImage.of(id, ALICE.project());

  @BeforeAll
  static void start() throws Exception {
    vitrine = new Installation(directory);
  }

  @AfterAll
  static void stop() {
    vitrine.close();
  }

  @Test
  void aLocationMakesTheImageActiveWithoutSaving() throws Exception {
    vitrine.act(new ImageAction.Register(image, ALICE));

    ImageSummary active =
        vitrine.act(new ImageAction.AddLocation(id, "http://127.0.0.1/disk", ALICE));

    assertThat(active.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(vitrine.history(id))
        .containsExactly(
            "- > create > queued in image-register",
            "queued > add first location > active in image-add-location");
    assertThat(vitrine.registry().locations().of(id))
        .singleElement()
        .returns(Location.EXTERNAL, Location::store)
        .returns(LocationStatus.ACTIVE, Location::status);
    assertThat(vitrine.files().stored(id)).isEmpty();
  }

  @Test
  void anImageDeclaredEmptyIsActiveAtOnce() {
    ImageSummary active = vitrine.act(new ImageAction.Register(empty(), ALICE));

    assertThat(active.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(active.size()).isZero();
    assertThat(vitrine.history(id))
        .containsExactly("- > create with size 0 > active in image-register");
    assertThat(vitrine.registry().locations().of(id)).isEmpty();
  }

  @Test
  void anAdminDeactivatesAndReactivates() throws Exception {
    UUID active = vitrine.activeImage(DATA);

    deactivateTwice(active);
    assertThat(refusal(() -> vitrine.act(new ImageAction.Reactivate(active, ALICE))))
        .isInstanceOf(Forbidden.class);
    vitrine.act(new ImageAction.Reactivate(active, ROOT));
    ImageSummary again = vitrine.act(new ImageAction.Reactivate(active, ROOT));

    assertThat(again.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(vitrine.history(active))
        .containsExactly(
            "- > create > queued in image-upload",
            "queued > begin upload > saving in image-upload",
            "saving > upload succeeded > active in image-upload",
            "active > deactivate > deactivated in image-deactivate",
            "deactivated > reactivate > active in image-reactivate");
  }

  private static void deactivateTwice(UUID active) {
    vitrine.act(new ImageAction.Deactivate(active, ROOT));
    ImageSummary again = vitrine.act(new ImageAction.Deactivate(active, ROOT));
    assertThat(again.status()).isEqualTo(ImageStatus.DEACTIVATED);
    assertThat(vitrine.files().stored(active)).isNotEmpty();
  }

  @Test
  void whatHasNoDataIsNotDeactivated() {
    vitrine.act(new ImageAction.Register(image, ALICE));

    assertThat(refusal(() -> vitrine.act(new ImageAction.Deactivate(id, ROOT))))
        .isInstanceOf(Conflict.class)
        .hasMessageContainingAll(id.toString(), "is queued", "deactivate refused");
  }

  private NewImage empty() {
    return new NewImage(
        id, null, 0L, null, null, 0, 0, null, false, false, ALICE.project(), null, null);
  }
}
