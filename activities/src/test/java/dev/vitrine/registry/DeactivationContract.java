package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.ROOT;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Deactivation;
import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who deactivated an image is known for as long as it is deactivated. */
interface DeactivationContract extends RegistryFixture {

  private GuardedImages guarded() {
    return new GuardedImages(registry(), new ImageAccess(Permissions.DEFAULT));
  }

  /** By whom, as a reactivation is told; the image stays as it is. */
  private List<Deactivation> askedAbout(UUID id) {
    List<Deactivation> asked = new ArrayList<>();
    assertThatThrownBy(
            () ->
                registry()
                    .images()
                    .reactivate(
                        op(),
                        id,
                        (image, by) -> {
                          asked.add(by);
                          throw new Forbidden("no");
                        }))
        .isInstanceOf(Forbidden.class);
    return asked;
  }

  @Test
  default void keepsWhoDeactivatedAnImage() {
    Image image = active();
    registry().images().deactivate(op(), image.id(), ROOT);
    registry().images().deactivate(op(), image.id(), ALICE);

    assertThat(askedAbout(image.id())).containsExactly(Deactivation.by(ROOT));
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.DEACTIVATED);

    registry().images().reactivate(op(), image.id(), (before, by) -> {});
    registry().images().deactivate(op(), image.id(), ALICE);

    assertThat(askedAbout(image.id())).containsExactly(Deactivation.by(ALICE));
  }

  @Test
  default void asksNothingOfAnImageThatIsActive() {
    Image image = active();

    assertThat(
            registry()
                .images()
                .reactivate(
                    op(),
                    image.id(),
                    (before, by) -> {
                      throw new Forbidden("asked");
                    })
                .status())
        .isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  default void refusesTheOwnerWhatAnotherProjectsAdminDenied() {
    Image image = active();
    guarded().deactivate(op(), image.id(), ROOT);

    assertThatThrownBy(() -> guarded().reactivate(op(), image.id(), ALICE))
        .isInstanceOf(Forbidden.class)
        .hasMessageContainingAll(image.id().toString(), ROOT.user(), "it takes an admin");
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.DEACTIVATED);
    assertThat(guarded().reactivate(op(), image.id(), ROOT).status()).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  default void forgetsItWithTheDeactivation() {
    Image image = active();
    registry().images().deactivate(op(), image.id(), ROOT);
    registry().deletions().delete(op(), image.id(), Duration.ZERO);
    registry().locations().of(image.id()).forEach(each -> registry().locations().forget(each.id()));
    clock().advance(Duration.ofDays(1000));

    assertThat(registry().housekeeping().purgeDeletedImages()).isEqualTo(1);
  }
}
