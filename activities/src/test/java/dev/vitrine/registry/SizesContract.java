package dev.vitrine.registry;

import static dev.vitrine.registry.Samples.ALICE;
import static dev.vitrine.registry.Samples.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.MetadataSize;
import dev.vitrine.task.TaskInput;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How large metadata may be: the narrow registry takes 4096 bytes, and 2000 of one value. */
interface SizesContract extends RegistryFixture {

  @Test
  default void takesMetadataUpToItsLimitAndNoByteMore() {
    Image image = narrowRegistry().images().create(op(), Samples.image());
    Change setting =
        values -> narrowRegistry().images().change(image.id(), now -> with(now, values));

    Map<String, String> most = onlyThree(4096, image);
    assertThat(setting.apply(most).properties()).isEqualTo(most);
    assertThatThrownBy(() -> setting.apply(onlyThree(4097, image)))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("4097 bytes")
        .hasMessageContaining("4096")
        .hasMessageContaining(image.id().toString());
    assertThat(reread(image.id()).properties()).isEqualTo(most);
  }

  /** A change of an image's properties. */
  interface Change {
    Image apply(Map<String, String> properties);
  }

  private static ImageMetadata with(Image image, Map<String, String> properties) {
    return ImageMetadata.change(image).properties(properties).build();
  }

  /** Three properties, as the narrow registry allows, whose image has so many bytes. */
  private static Map<String, String> onlyThree(int total, Image image) {
    Map<String, String> names =
        Map.of("a".repeat(255), "", "b".repeat(255), "", "c".repeat(255), "");
    long rest = total - MetadataSize.of(with(image, names));
    assertThat(rest).isBetween(3000L, 4000L);
    String part = "é".repeat((int) rest / 6);
    String filler = "x".repeat((int) (rest - 6 * (rest / 6)));
    return Map.of("a".repeat(255), part, "b".repeat(255), part, "c".repeat(255), part + filler);
  }

  @Test
  default void takesNoLargerValue() {
    String largest = "é".repeat(1000);
    Image image =
        narrowRegistry().images().create(op(), Samples.image(Map.of("a", largest), List.of()));

    assertThat(image.properties()).containsEntry("a", largest);
    assertThatThrownBy(
            () ->
                narrowRegistry()
                    .images()
                    .create(op(), Samples.image(Map.of("a", largest + "x"), List.of())))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("property 'a' has 2001 bytes");
  }

  @Test
  default void letsWhatIsLargerAlreadyShrink() {
    String huge = "x".repeat(10_000);
    Image image =
        registry().images().create(op(), Samples.image(Map.of("a", huge, "b", huge), List.of()));

    Image smaller =
        narrowRegistry().images().change(image.id(), now -> with(now, Map.of("a", huge)));

    assertThat(smaller.properties()).isEqualTo(Map.of("a", huge));
    assertThatThrownBy(
            () ->
                narrowRegistry()
                    .images()
                    .change(image.id(), now -> with(now, Map.of("a", huge, "b", "y"))))
        .isInstanceOf(TooLarge.class);
  }

  @Test
  default void takesNoLargerInputOfATask() {
    UUID id = UUID.randomUUID();
    TaskInput input =
        new TaskInput.Import("https://example.org/a", "raw", Map.of("a", "x".repeat(4096)));

    assertThatThrownBy(() -> narrowRegistry().tasks().requireAcceptable(input))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("at most 4096");
    assertThatThrownBy(() -> narrowRegistry().tasks().create(op(), id, input, ALICE))
        .isInstanceOf(TooLarge.class);
    assertThat(registry().tasks().find(id)).isEmpty();
  }

  @Test
  default void takesNoLargerValueInATask() {
    String largest = "é".repeat(1000);
    TaskInput.Clone whole = new TaskInput.Clone(UUID.randomUUID(), Map.of("a", largest));
    TaskInput.Clone larger = new TaskInput.Clone(UUID.randomUUID(), Map.of("a", largest + "x"));

    narrowRegistry().tasks().requireAcceptable(whole);
    assertThatThrownBy(() -> narrowRegistry().tasks().requireAcceptable(larger))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("task input: property 'a' has 2001 bytes");
  }
}
