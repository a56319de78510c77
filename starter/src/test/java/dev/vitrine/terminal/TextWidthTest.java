package dev.vitrine.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextWidthTest {

  /** By the tables of UAX #11 and of emoji. */
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "abc, 3",
    "é, 1",
    "e\u0301, 1",
    "中文, 4",
    "かなカナ, 8",
    "ｶﾅ, 2",
    "한국어, 6",
    "ＡＢ, 4",
    "😀, 2",
    "🚀x, 3",
    "✅, 2",
    "→, 1",
    "…, 1",
    "\u200b, 0",
    "𠀀, 2",
    "Ж, 1",
    "אב, 2",
    "、。, 4",
  })
  void countsColumns(String text, int columns) {
    assertThat(TextWidth.of(text)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdef, 5, abcd…",
    "abcdef, 1, …",
    "abcdef, 0, ''",
    "abcdef, -3, ''",
    "中文字, 6, 中文字",
    "中文字, 5, 中文…",
    "中文字, 4, 中…",
    "中文字, 2, …",
  })
  void cutsToColumns(String text, int columns, String cut) {
    assertThat(TextWidth.cut(text, columns)).isEqualTo(cut);
  }

  @Test
  void neverCutsTooWide() {
    String text = "a中😀e\u0301ﾅ한".repeat(5);
    for (int columns = 0; columns < 60; columns++) {
      assertThat(TextWidth.of(TextWidth.cut(text, columns))).isLessThanOrEqualTo(columns);
    }
  }
}
