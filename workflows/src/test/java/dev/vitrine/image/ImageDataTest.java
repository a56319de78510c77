package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ImageDataTest {

  private static final String MD5 = "a".repeat(32);
  private static final String SHA_512 = "b".repeat(128);

  @Test
  void saysWhatIsWrongAlsoOfWhatWasWrittenByHand() {
    assertThatThrownBy(() -> new ImageData(10, null, SHA_512)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new ImageData(10, MD5, null)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new ImageData(10, MD5, SHA_512, -1L)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new ImageData(-1, MD5, SHA_512)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new ImageData(10, MD5.toUpperCase(Locale.ROOT), SHA_512))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("not sizes and two digests");
  }
}
