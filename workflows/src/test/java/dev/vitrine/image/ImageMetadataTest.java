package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The metadata of an image while it is changed. */
final class ImageMetadataTest {

  private static final Image IMAGE =
      new Image(
          UUID.randomUUID(),
          "a",
          ImageStatus.QUEUED,
          null,
          null,
          null,
          null,
          null,
          "raw",
          "bare",
          1,
          2,
          Visibility.SHARED,
          false,
          true,
          "mars",
          null,
          Instant.EPOCH,
          Instant.EPOCH,
          null,
          null,
          1,
          Map.of("p", "1"),
          List.of("x", "y"));

  private static ImageMetadata.Builder change() {
    return ImageMetadata.change(IMAGE);
  }

  @Test
  void isTheImageUntilSomethingChanges() {
    assertThat(change().build())
        .isEqualTo(ImageMetadata.of(IMAGE))
        .isEqualTo(
            new ImageMetadata(
                IMAGE.id(),
                "a",
                "raw",
                "bare",
                1,
                2,
                Visibility.SHARED,
                false,
                true,
                "mars",
                Map.of("p", "1"),
                List.of("x", "y")));
  }

  @Test
  void keepsATagOnceAtItsFirstPlace() {
    assertThat(change().tag("z").tag("x").build().tags()).containsExactly("x", "y", "z");
    assertThat(change().tags(List.of("b", "a", "b")).build().tags()).containsExactly("b", "a");
    assertThat(change().withoutTag("x").tag("x").build().tags()).containsExactly("y", "x");
  }

  @Test
  void namesWhatIsNotThereToBeRemoved() {
    assertThatThrownBy(() -> change().withoutTag("q"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(IMAGE.id().toString())
        .hasMessageContaining("tag 'q'");
    assertThatThrownBy(() -> change().withoutProperty("q"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("property 'q'");
  }

  static Stream<Arguments> brokenRules() {
    return Stream.of(
        broken("name 'n", it -> it.name("n".repeat(256))),
        broken("min_disk '-1'", it -> it.minDisk(-1)),
        broken("min_ram '-2'", it -> it.minRam(-2)),
        broken("owner ' '", it -> it.owner(" ")),
        broken("property ''", it -> it.property("", "v")),
        broken("property 'os_glance_stage'", it -> it.property("os_glance_stage", "v")),
        broken("tag 't", it -> it.tag("t".repeat(256))));
  }

  private static Arguments broken(String named, UnaryOperator<ImageMetadata.Builder> change) {
    return Arguments.of(named, change);
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void refusesWhatBreaksARule(String named, UnaryOperator<ImageMetadata.Builder> change) {
    ImageMetadata.Builder changed = change.apply(change());

    assertThatThrownBy(() -> changed.build().requireValidAfter(ImageMetadata.of(IMAGE)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(IMAGE.id().toString())
        .hasMessageContaining(named);
  }
}
