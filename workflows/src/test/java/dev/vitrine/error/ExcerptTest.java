package dev.vitrine.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExcerptTest {

  @Test
  void keepsWhatFits() {
    assertThat(Excerpt.of("12345678", 8)).isEqualTo("12345678");
    assertThat(Excerpt.of("", 3)).isEmpty();
    assertThat(Excerpt.value(null)).isEqualTo("null");
  }

  @Test
  void keepsTheBeginningAndMarksTheCut() {
    assertThat(Excerpt.of("123456789", 8)).isEqualTo("12345…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "漢", "🐧", "a"})
  void countsBytesAndSplitsNoCharacter(String symbol) {
    for (int bytes = 3; bytes < 20; bytes++) {
      String cut = Excerpt.of(symbol.repeat(30), bytes);

      assertThat(cut.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(bytes);
      assertThat(cut).matches("(" + symbol + ")*…");
    }
  }

  @Test
  void boundsEveryMessageOfOurs() {
    String message = new Invalid("image 7: name '%s'".formatted("x".repeat(1 << 20))).getMessage();

    assertThat(message).startsWith("image 7: name 'xxx").endsWith("…");
    assertThat(message.getBytes(UTF_8)).hasSize(Excerpt.MESSAGE);
  }
}
