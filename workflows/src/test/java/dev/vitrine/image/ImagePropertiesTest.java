package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task's input says of an image. */
final class ImagePropertiesTest {

  private static final UUID ID = UUID.randomUUID();

  private static NewImage read(Map<String, ?> given) {
    return ImageProperties.newImage(ID, "mars", given);
  }

  private static Image original(Map<String, String> properties, List<String> tags) {
    return new Image(
        UUID.randomUUID(),
        "a, b",
        ImageStatus.ACTIVE,
        3L,
        null,
        "0".repeat(32),
        "sha512",
        "0".repeat(128),
        "qcow2",
        "bare",
        1,
        2,
        Visibility.PRIVATE,
        true,
        true,
        "venus",
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        null,
        1,
        properties,
        tags);
  }

  @Test
  void readsValuesAsJsonHasThem() {
    NewImage image =
        read(
            Map.of(
                "name",
                "a",
                "min_disk",
                7,
                "min_ram",
                8L,
                "protected",
                true,
                "os_hidden",
                true,
                "visibility",
                "private",
                "tags",
                List.of("a,b", " c "),
                "team",
                "blue",
                "level",
                3));
    assertThat(image.minDisk()).isEqualTo(7);
    assertThat(image.minRam()).isEqualTo(8);
    assertThat(image.isProtected()).isTrue();
    assertThat(image.osHidden()).isTrue();
    assertThat(image.visibility()).isEqualTo(Visibility.PRIVATE);
    assertThat(image.tags()).containsExactly("a,b", " c ");
    assertThat(image.properties()).isEqualTo(Map.of("team", "blue", "level", "3"));
  }

  /** As tasks that wait, and callers of the last release, have them. */
  @Test
  void readsTheTextsThatStoodForThem() {
    NewImage image =
        read(
            Map.of(
                "min_disk",
                "7",
                "protected",
                "True",
                "os_hidden",
                "false",
                "tags",
                "a, b",
                "visibility",
                "community"));
    assertThat(image.minDisk()).isEqualTo(7);
    assertThat(image.isProtected()).isTrue();
    assertThat(image.osHidden()).isFalse();
    assertThat(image.tags()).containsExactly("a", "b");
    assertThat(image.visibility()).isEqualTo(Visibility.COMMUNITY);
    assertThat(read(Map.of("tags", "")).tags()).isEmpty();
  }

  @Test
  void readsNullWhereAFieldMayBeNull() {
    Map<String, Object> given = new HashMap<>();
    given.put("name", null);
    given.put("kernel_id", null);
    assertThat(read(given).name()).isNull();
    assertThat(read(given).properties()).isEmpty();
    given.put("team", null);
    assertThatThrownBy(() -> read(given)).hasMessageContaining("team");
  }

  @ParameterizedTest
  @EnumSource(ImageField.class)
  void letsNobodyGiveWhatIsNotForTasks(ImageField field) {
    if (!field.isForTasks()) {
      assertThatThrownBy(() -> read(Map.of(field.wireName(), "1")))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("'" + field.wireName() + "'");
      assertThatThrownBy(
              () ->
                  ImageProperties.copy(
                      ID, "mars", original(Map.of(), List.of()), Map.of(field.wireName(), "1")))
          .isInstanceOf(Invalid.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"os_glance_import_task", "deleted", "deleted_at", "location", ""})
  void letsNobodyGiveWhatIsReserved(String name) {
    assertThatThrownBy(() -> read(Map.of(name, "1"))).isInstanceOf(Invalid.class);
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsTagsInATimeThatGrowsAsTheirText() {
    String blanks = " ".repeat(500_000);
    assertThatThrownBy(() -> read(Map.of("tags", "a" + blanks + "b"))).isInstanceOf(Invalid.class);
    assertThat(read(Map.of("tags", "a" + blanks + "," + blanks + "b")).tags())
        .containsExactly("a", "b");
  }

  @Test
  void copiesTagsAndNamesAsTheyAre() {
    Image original = original(Map.of("team", " a,b "), List.of("a,b", " c "));
    NewImage copy = ImageProperties.copy(ID, "mars", original, Map.of("min_disk", 9));
    assertThat(copy.id()).isEqualTo(ID);
    assertThat(copy.owner()).isEqualTo("mars");
    assertThat(copy.name()).isEqualTo("a, b");
    assertThat(copy.diskFormat()).isEqualTo("qcow2");
    assertThat(copy.minDisk()).isEqualTo(9);
    assertThat(copy.minRam()).isEqualTo(2);
    assertThat(copy.osHidden()).isTrue();
    assertThat(copy.visibility()).isEqualTo(Visibility.SHARED);
    assertThat(copy.isProtected()).isFalse();
    assertThat(copy.tags()).containsExactly("a,b", " c ");
    assertThat(copy.properties()).isEqualTo(Map.of("team", " a,b "));
  }

  @Test
  void copiesAnImageThatHasWhatNoImageMayHaveAnyMore() {
    Image original =
        original(
            Map.of("size", "1", "created_at", "x", "kernel_id", "", "os_glance_x", "1", "a", "b"),
            List.of());
    assertThat(ImageProperties.copy(ID, "mars", original, Map.of()).properties())
        .isEqualTo(Map.of("a", "b"));
  }
}
