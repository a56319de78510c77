package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.DATA;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Data that stays where it is: read before the image is active with it, or after. */
interface LocationImportsContract extends RegistryFixture {

  String URL = "https://images.example/one?sig=1";

  private ImportPlan give(UUID task, UUID imageId, ImportMethod method) {
    return registry()
        .imports()
        .begin(
            op(),
            task,
            imageId,
            new ImportOrder(
                method,
                List.of(Location.EXTERNAL),
                false,
                true,
                new Source.Url(URL),
                ExpectedData.exactly(DATA)));
  }

  private Image succeed(UUID task, ImportPlan plan) {
    Location at = plan.targets().get(0);
    return registry()
        .imports()
        .succeed(
            op(), task, at.imageId(), List.of(at.id()), List.of(), Map.of("given", "to imports"));
  }

  private void assertThatItHasData(Image image) {
    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(image.size()).isEqualTo(DATA.size());
    assertThat(image.checksum()).isEqualTo(DATA.checksum());
    assertThat(image.osHashValue()).isEqualTo(DATA.sha512());
    assertThat(image.properties()).doesNotContainKey("given");
    assertThat(registry().locations().of(image.id()))
        .singleElement()
        .satisfies(
            at -> {
              assertThat(at.key()).isEqualTo(URL);
              assertThat(at.status()).isEqualTo(LocationStatus.ACTIVE);
            });
  }

  @Test
  default void dataOfWhichSomethingWasSaidIsMeasuredFirst() {
    Image image = described();
    UUID task = UUID.randomUUID();
    ImportPlan plan = give(task, image.id(), ImportMethod.LOCATION);
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.IMPORTING);
    assertThat(plan.expected()).isEqualTo(ExpectedData.exactly(DATA));
    assertThat(give(task, image.id(), ImportMethod.LOCATION)).isEqualTo(plan);
    assertThatThrownBy(() -> succeed(task, plan)).isInstanceOf(Conflict.class);

    registry().transferNotes().recordMeasured(image.id(), plan.targets().get(0).id(), DATA);
    assertThatItHasData(succeed(task, plan));
    assertThat(give(task, image.id(), ImportMethod.LOCATION)).isEqualTo(ImportPlan.over(true));
  }

  @Test
  default void whatFailsLeavesNoLocation() {
    Image image = described();
    UUID task = UUID.randomUUID();
    give(task, image.id(), ImportMethod.LOCATION);

    assertThat(registry().imports().fail(op(), task, image.id(), List.of())).isEmpty();

    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.QUEUED);
    assertThat(registry().locations().of(image.id())).isEmpty();
    assertThat(give(task, image.id(), ImportMethod.LOCATION)).isEqualTo(ImportPlan.over(false));
  }

  @Test
  default void dataOfWhichNothingWasSaidIsMeasuredAfterwards() {
    Image image = described();
    UUID task = UUID.randomUUID();
    ImportPlan plan = give(task, image.id(), ImportMethod.LOCATION_DIGESTS);
    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(reread(image.id()).checksum()).isNull();
    assertThat(give(task, image.id(), ImportMethod.LOCATION_DIGESTS)).isEqualTo(plan);

    registry().transferNotes().recordMeasured(image.id(), plan.targets().get(0).id(), DATA);
    assertThatItHasData(succeed(task, plan));
  }

  @Test
  default void whatCanNotBeMeasuredAfterwardsStaysActive() {
    Image image = described();
    UUID task = UUID.randomUUID();
    give(task, image.id(), ImportMethod.LOCATION_DIGESTS);

    assertThat(registry().imports().fail(op(), task, image.id(), List.of())).isEmpty();

    assertThat(reread(image.id()).status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(registry().locations().of(image.id())).hasSize(1);
  }

  /** A location may go while it is read: what is measured of it then is nobody's. */
  @Test
  default void whatWasGivenUpIsNotMeasured() {
    Image image = described();
    ImportPlan plan = give(UUID.randomUUID(), image.id(), ImportMethod.LOCATION_DIGESTS);
    registry().deletions().delete(op(), image.id(), Duration.ZERO);
    assertThatThrownBy(
            () ->
                registry()
                    .transferNotes()
                    .recordMeasured(image.id(), plan.targets().get(0).id(), DATA))
        .isInstanceOf(Conflict.class);
  }
}
