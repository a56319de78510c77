package dev.vitrine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "'a\nb',           a\\nb",
    "'a\r\nb',         a\\r\\nb",
    "'a\tb',           a\\tb",
    "'\u001b[31mred',  \\u001b[31mred",
    "'\u009b2J',       \\u009b2J",
    "'\u0000',         \\u0000",
    "'\u007f',         \\u007f",
    "'\u202egnp.exe',  \\u202egnp.exe",
    "'\u2066x\u2069',  \\u2066x\\u2069",
    "'a\u2028b',       a\\u2028b",
    "'\ufeffx',        \\ufeffx",
    "'\udb40\udc41',   '\\u{e0041}'",
    "'\ud800',         \\ud800",
  })
  void escapesWhatMayBeTakenForMoreThanText(String text, String escaped) {
    assertThat(Printable.escape(text)).isEqualTo(escaped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice", "Ångström 中文 😀", "CORP\\alice", "a\\nb", "\u00a0"})
  void leavesTextAsItIs(String text) {
    assertThat(Printable.escape(text)).isEqualTo(text);
  }

  @Test
  void isTheSameAfterTheSecondTime() {
    String once = Printable.escape("a\nb\u001b[0m");

    assertThat(Printable.escape(once)).isEqualTo(once);
  }

  @Test
  void keepsTheLinesOfATrace() {
    assertThat(Printable.escapeLines("e\n\tat x\r\u001b[1m")).isEqualTo("e\n\tat x\\r\\u001b[1m");
  }

  @Test
  void leavesNoControlAndNoFormatCharacter() {
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      String escaped = Printable.escape(new String(Character.toChars(character)));
      assertThat(escaped.codePoints().noneMatch(PrintableTest::isHidden))
          .as("U+%x", character)
          .isTrue();
    }
  }

  private static boolean isHidden(int character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT
        || Character.getType(character) == Character.SURROGATE;
  }
}
