package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of fields: that it hangs together, and what its types hold. */
final class ImageFieldTest {

  private static final UUID ID = UUID.randomUUID();
  private static final String TWO_UNITS = "🐧";

  @Test
  void knowsEachFieldByAName() {
    for (ImageField field : ImageField.values()) {
      assertThat(ImageField.find(field.wireName())).contains(field);
      assertThat(ImageField.findBase(field.wireName()).isPresent()).isEqualTo(field.isBase());
    }
    assertThat(ImageField.find("team")).isEmpty();
  }

  @Test
  void canSetWhatItSaysThatAClientMayChange() {
    assertThat(MetadataFields.all())
        .containsExactlyElementsOf(
            Arrays.stream(ImageField.values())
                .filter(field -> field.isBase() && field.isChangeable())
                .filter(field -> field != ImageField.LOCATIONS)
                .toList());
  }

  @Test
  void getsBackWhatItSets() {
    Map<ImageField, Object> values =
        Map.of(
            ImageField.NAME,
            "a",
            ImageField.DISK_FORMAT,
            "raw",
            ImageField.CONTAINER_FORMAT,
            "bare",
            ImageField.MIN_DISK,
            3,
            ImageField.MIN_RAM,
            4,
            ImageField.VISIBILITY,
            "public",
            ImageField.PROTECTED,
            true,
            ImageField.OS_HIDDEN,
            true,
            ImageField.OWNER,
            "venus",
            ImageField.TAGS,
            List.of("b", "a"));
    assertThat(values.keySet()).isEqualTo(MetadataFields.all());
    ImageMetadata.Builder image = ImageMetadata.describe(ID, "mars");
    values.forEach((field, value) -> MetadataFields.set(field, image, value));
    ImageMetadata set = image.build();
    values.forEach(
        (field, value) ->
            assertThat(MetadataFields.get(field, set)).as("%s", field).isEqualTo(value));
    assertThatThrownBy(() -> MetadataFields.get(ImageField.STATUS, set))
        .isInstanceOf(IllegalStateException.class);
  }

  static Stream<String> namesThatNoPropertyMayHave() {
    return Stream.concat(
        Arrays.stream(ImageField.values()).filter(ImageField::isBase).map(ImageField::wireName),
        Stream.of("os_glance", "os_glance_x", "location", "deleted", "deleted_at", ""));
  }

  @ParameterizedTest
  @MethodSource("namesThatNoPropertyMayHave")
  void letsNoPropertyStandForAField(String name) {
    NewImage forged = NewImage.of(ImageMetadata.describe(ID, "mars").property(name, "1").build());
    assertThatThrownBy(forged::requireValid)
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(ID.toString())
        .hasMessageContaining("'" + name + "'");
    assertThat(ImageField.isShown(name, "1")).isFalse();
  }

  @Test
  void asksAChangeOnlyAboutWhatItChanges() {
    ImageMetadata before =
        ImageMetadata.describe(ID, "mars")
            .property("size", "1")
            .property("kernel_id", "")
            .diskFormat("floppy")
            .build();
    ImageMetadata after =
        ImageMetadata.describe(ID, "mars")
            .name("new")
            .property("size", "1")
            .diskFormat("floppy")
            .build();
    assertThatCode(() -> after.requireValidAfter(before)).doesNotThrowAnyException();
    ImageMetadata worse =
        ImageMetadata.describe(ID, "mars").property("size", "2").diskFormat("floppy").build();
    assertThatThrownBy(() -> worse.requireValidAfter(before)).isInstanceOf(Invalid.class);
    ImageMetadata other = ImageMetadata.describe(ID, "mars").diskFormat("tape").build();
    assertThatThrownBy(() -> other.requireValidAfter(before)).hasMessageContaining("'tape'");
  }

  static Stream<Arguments> values() {
    String uuid = "5A0b2c1e-0000-4000-8000-000000000000";
    return Stream.of(
        held("name", true, null, "", "n".repeat(255), TWO_UNITS.repeat(255), " "),
        held("name", false, "n".repeat(256), TWO_UNITS.repeat(256), 1, true, List.of()),
        held("owner", true, "p", TWO_UNITS.repeat(255), null),
        held("owner", false, "", " \n", 1),
        held("min_disk", true, 0, 1L, 2147483647, 5.0, 1e3),
        held(
            "min_disk",
            false,
            -1,
            2147483648L,
            1.5,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            "1",
            null,
            true),
        held("protected", true, true, false),
        held("protected", false, "true", 1, null),
        held("visibility", true, "public", "community"),
        held("visibility", false, "secret", "PUBLIC", "", null),
        held("disk_format", true, "raw", null),
        held("disk_format", false, "floppy", "RAW", "", 1),
        held("tags", true, List.of(), List.of("a,b", " x ", "...", "5%", TWO_UNITS.repeat(255))),
        held(
            "tags",
            false,
            "a",
            List.of(""),
            List.of(" "),
            List.of(".."),
            List.of("a/b"),
            List.of("%2f"),
            List.of(1),
            List.of("t".repeat(256)),
            null),
        held("kernel_id", true, uuid, null),
        held("kernel_id", false, "", "x", uuid + "\n", uuid.replace("-", ""), 1),
        held("cinder_encryption_key_deletion_policy", true, "do_not_delete"),
        held("cinder_encryption_key_deletion_policy", false, "", "keep", null),
        held("team", true, "", "blue", TWO_UNITS.repeat(1000)),
        held("team", false, 1, null, true, List.of()));
  }

  private static Arguments held(String field, boolean holds, Object... values) {
    return Arguments.of(field, holds, Arrays.asList(values));
  }

  @ParameterizedTest
  @MethodSource("values")
  void takesWhatItsTypeHoldsAndNothingElse(String field, boolean holds, List<Object> values) {
    for (Object value : values) {
      ImageMetadata.Builder image = ImageMetadata.describe(ID, "mars");
      if (!holds) {
        assertThatThrownBy(() -> image.set(field, value))
            .as("%s %s", field, value)
            .isInstanceOf(Invalid.class)
            .hasMessageContaining(field.equals("tags") ? "tag" : field);
      } else if (value != null || !field.equals("owner")) {
        assertThatCode(() -> NewImage.of(image.set(field, value).build()).requireValid())
            .as("%s %s", field, value)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void takesAPropertyThatIsNullForOneThatIsNotThere() {
    ImageMetadata image =
        ImageMetadata.describe(ID, "mars")
            .property("kernel_id", UUID.randomUUID().toString())
            .set("kernel_id", null)
            .set("ramdisk_id", null)
            .build();
    assertThat(image.properties()).isEqualTo(Map.of());
  }

  @Test
  void quotesNoMoreOfAValueThanIsRead() {
    assertThatThrownBy(() -> ImageMetadata.describe(ID, "mars").set("name", "n".repeat(100_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }
}
