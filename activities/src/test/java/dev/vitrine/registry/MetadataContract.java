package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of what isn't status or data. */
interface MetadataContract extends RegistryFixture {

  /** The image as the change makes it. */
  private Image change(Image image, Function<ImageMetadata.Builder, ImageMetadata.Builder> change) {
    return registry()
        .images()
        .change(image.id(), now -> change.apply(ImageMetadata.change(now)).build());
  }

  @Test
  default void changesEveryField() {
    Image before =
        registry()
            .images()
            .create(op(), Samples.image(Map.of("a", "1", "b", "2"), List.of("x", "y")));
    clock().advance(Duration.ofMinutes(1));

    Image after =
        change(
            before,
            it ->
                it.name("Ünïcødé 🐧")
                    .diskFormat("raw")
                    .containerFormat("ova")
                    .minDisk(3)
                    .minRam(4)
                    .visibility(Visibility.COMMUNITY)
                    .isProtected(true)
                    .osHidden(false)
                    .owner("venus")
                    .properties(Map.of("b", "3", "ç", ""))
                    .tags(List.of("z", "x")));

    assertThat(ImageMetadata.of(after))
        .isEqualTo(
            new ImageMetadata(
                before.id(),
                "Ünïcødé 🐧",
                "raw",
                "ova",
                3,
                4,
                Visibility.COMMUNITY,
                true,
                false,
                "venus",
                Map.of("b", "3", "ç", ""),
                List.of("z", "x")));
    assertThat(after.status()).isEqualTo(before.status());
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(after.updatedAt()).isEqualTo(before.updatedAt().plusSeconds(60));
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(reread(before.id())).isEqualTo(after);
    assertThat(registry().history().of(before.id())).hasSize(1);
  }

  @Test
  default void clearsWhatMayBeNull() {
    Image before = registry().images().create(op(), Samples.image(Map.of("a", "1"), List.of("x")));

    Image after =
        change(
            before,
            it ->
                it.name(null)
                    .diskFormat(null)
                    .containerFormat(null)
                    .withoutProperty("a")
                    .withoutTag("x"));

    assertThat(after.name()).isNull();
    assertThat(after.diskFormat()).isNull();
    assertThat(after.containerFormat()).isNull();
    assertThat(after.properties()).isEmpty();
    assertThat(after.tags()).isEmpty();
  }

  @Test
  default void writesNothingIfNothingDiffers() {
    Image before = registry().images().create(op(), Samples.image(Map.of(), List.of("x")));
    clock().advance(Duration.ofMinutes(1));

    assertThat(change(before, it -> it.tag("x"))).isEqualTo(before);
    assertThat(reread(before.id())).isEqualTo(before);
  }

  @Test
  default void addsATagAtTheEnd() {
    Image before = registry().images().create(op(), Samples.image(Map.of(), List.of("x", "b")));

    assertThat(change(before, it -> it.tag("ä")).tags()).containsExactly("x", "b", "ä");
    assertThat(change(before, it -> it.withoutTag("b")).tags()).containsExactly("x", "ä");
  }

  @Test
  default void doesNotFindWhatIsToBeRemoved() {
    Image image = queued();

    assertThatThrownBy(() -> change(image, it -> it.withoutTag("x")))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("'x'");
    assertThatThrownBy(() -> change(image, it -> it.withoutProperty("p")))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("'p'");
  }

  @Test
  default void changesNothingIfRefusedByTheCaller() {
    Image image = active();

    assertThatThrownBy(
            () ->
                registry()
                    .images()
                    .change(
                        image.id(),
                        now -> {
                          assertThat(now).isEqualTo(image);
                          throw new Forbidden("not yours");
                        }))
        .isInstanceOf(Forbidden.class)
        .hasMessage("not yours");
    assertThat(reread(image.id())).isEqualTo(image);
  }

  @Test
  default void changesNothingIfARuleIsBroken() {
    Image image = active();
    Image other = queued();

    assertThatThrownBy(() -> change(image, it -> it.name("ok").minRam(-1)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("min_ram '-1'");
    assertThatThrownBy(() -> change(image, it -> it.property("os_glance_x", "1")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("os_glance_x");
    assertThatThrownBy(() -> registry().images().change(image.id(), now -> ImageMetadata.of(other)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("its id");
    assertThat(reread(image.id())).isEqualTo(image);
  }

  @ParameterizedTest
  @EnumSource(
      value = ImageStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DELETED", "PENDING_DELETE"})
  default void changesFormatsOnlyWhileQueued(ImageStatus status) {
    Image image = imageThatIs(status);

    if (status == ImageStatus.QUEUED) {
      assertThat(change(image, it -> it.diskFormat("iso")).diskFormat()).isEqualTo("iso");
    } else {
      assertThatThrownBy(() -> change(image, it -> it.diskFormat("iso")))
          .isInstanceOf(Forbidden.class)
          .hasMessageContaining("disk_format")
          .hasMessageContaining(status.wireName());
      assertThatThrownBy(() -> change(image, it -> it.containerFormat("ovf")))
          .isInstanceOf(Forbidden.class)
          .hasMessageContaining("container_format");
      assertThat(change(image, it -> it.name("new")).name()).isEqualTo("new");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ImageStatus.class,
      names = {"DELETED", "PENDING_DELETE"})
  default void doesNotFindADeletedImageToChange(ImageStatus status) {
    Image image = imageThatIs(status);

    assertThatThrownBy(() -> change(image, it -> it.name("new"))).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> registry().images().change(UUID.randomUUID(), ImageMetadata::of))
        .isInstanceOf(NotFound.class);
    assertThat(reread(image.id())).isEqualTo(image);
  }

  @Test
  default void refusesATagThatCantStandInAPath() {
    Image image = registry().images().create(op(), Samples.image(Map.of(), List.of("a")));

    assertThatThrownBy(() -> change(image, it -> it.tag("..")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("tag '..'");
    assertThatThrownBy(
            () -> registry().images().create(op(), Samples.image(Map.of(), List.of("a", "b/c"))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("tag 'b/c'");
    assertThat(reread(image.id())).isEqualTo(image);
  }

  @Test
  default void boundsPropertiesAndTags() {
    Map<String, String> four = Map.of("a", "1", "b", "2", "c", "3", "d", "4");
    List<String> tags = List.of("a", "b", "c", "d");

    assertThatThrownBy(() -> narrowRegistry().images().create(op(), Samples.image(four, List.of())))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("4 properties")
        .hasMessageContaining("limit of 3");
    assertThatThrownBy(() -> narrowRegistry().images().create(op(), Samples.image(Map.of(), tags)))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("4 tags");

    Image image =
        narrowRegistry().images().create(op(), Samples.image(Map.of(), tags.subList(0, 3)));
    assertThatThrownBy(
            () ->
                narrowRegistry()
                    .images()
                    .change(
                        image.id(), now -> ImageMetadata.change(now).tag("d").name("n").build()))
        .isInstanceOf(TooLarge.class);
    assertThat(reread(image.id())).isEqualTo(image);
  }

  @Test
  default void lowersWhatIsBeyondALoweredLimit() {
    Map<String, String> five = Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5");
    UUID id = registry().images().create(op(), Samples.image(five, List.of())).id();

    Image image =
        narrowRegistry()
            .images()
            .change(id, now -> ImageMetadata.change(now).withoutProperty("e").name("n").build());

    assertThat(image.properties()).hasSize(4);
    assertThat(image.name()).isEqualTo("n");
  }

  @Test
  default void losesNoChangeAmongMany() throws Exception {
    UUID id = queued().id();

    List<Object> outcomes =
        Together.run(
            12,
            i ->
                (i % 2 == 0 ? registry() : secondRegistry())
                    .images()
                    .change(
                        id,
                        now ->
                            ImageMetadata.change(now)
                                .tag("tag " + i)
                                .property("property " + i, "x")
                                .build()));

    assertThat(outcomes).allMatch(Image.class::isInstance);
    Image image = reread(id);
    assertThat(image.tags()).hasSize(12);
    assertThat(image.properties()).hasSize(12);
    assertThat(image.version()).isEqualTo(13);
  }
}
