package dev.vitrine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "http://127.0.0.1:29299/503 | `http://127.0.0.1:29299/503`",
        "*bold* _it_ [a](b) <i> | `*bold* _it_ [a](b) <i>`",
        "a`b | ``a`b``",
        "`a` | `` `a` ``",
        "``` | ```` ``` ````",
        "\" lead\" | `  lead `",
      })
  void showsTheTextAsItIs(String text, String markdown) {
    assertThat(Markdown.code(text)).isEqualTo(markdown);
  }

  @Test
  void staysInOneLine() {
    assertThat(Markdown.code("a\n- done: b")).isEqualTo("`a\\n- done: b`");
  }

  @Test
  void showsNothingAsSomething() {
    assertThat(Markdown.code("")).isEqualTo("` `");
  }
}
