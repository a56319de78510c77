package dev.vitrine.worker;

import static dev.vitrine.worker.Installation.ALICE;
import static dev.vitrine.worker.Installation.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.Location;
import dev.vitrine.process.Processes;
import dev.vitrine.workflow.VitrineSearchAttributes;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.verification.ImageVerification;
import dev.vitrine.workflow.verification.ImageVerificationRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ImageVerification} over a store and a registry. */
final class ImageVerificationTest {

  private static final byte[] DATA = {1, 2, 3, 4, 5};

  @TempDir private Path directory;

  private Installation vitrine;
  private UUID image;

  @BeforeEach
  void start() throws Exception {
    vitrine = new Installation(directory);
    image = vitrine.activeImage(DATA);
  }

  @AfterEach
  void stop() {
    vitrine.close();
  }

  private ImageVerification verify(Requester by) {
    return new Processes(vitrine.client(), vitrine.worker().installation())
        .startVerification(new ImageVerificationRequest(image, by))
        .await();
  }

  private List<Outcome> outcomes() {
    return verify(ALICE).locations().stream().map(LocationCheck::outcome).toList();
  }

  private Path file() {
    Location location = vitrine.registry().locations().of(image).get(0);
    return vitrine.files().store().resolve(location.key());
  }

  @Test
  void saysOfEachPlaceWhatIsThere() throws Exception {
    assertThat(outcomes()).containsExactly(Outcome.OK);

    Files.write(file(), new byte[] {1, 2, 3, 4, 6});
    assertThat(outcomes()).containsExactly(Outcome.WRONG);
    assertThat(verify(ALICE).isGood()).isFalse();

    Files.delete(file());
    assertThat(outcomes()).containsExactly(Outcome.MISSING);
  }

  @Test
  void isFoundByTheImagesId() {
    verify(ALICE);
    assertThat(
            vitrine
                .client()
                .newUntypedWorkflowStub(WorkflowIds.verification(image))
                .describe()
                .getTypedSearchAttributes()
                .get(VitrineSearchAttributes.IMAGE_ID))
        .isEqualTo(image.toString());
  }

  @Test
  void readsNothingForWhoeverMayNotSeeTheImage() {
    assertThatThrownBy(() -> verify(BOB)).isInstanceOf(NotFound.class);
  }
}
