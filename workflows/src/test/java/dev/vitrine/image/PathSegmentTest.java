package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathSegmentTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "/",
        "a/b",
        "../../other",
        "a\\b",
        "a?b",
        "a#b",
        "#",
        "%2e%2e",
        "a%2Fb",
        "%2E",
        "a\nb",
        "a\u0000b",
        "a\u007fb",
        "a\u0085b",
        "\t"
      })
  void refusesWhatAPathWouldTakeForSomethingElse(String text) {
    assertThatThrownBy(() -> PathSegment.require("tag", text))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("tag '" + text + "' can't stand in a path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "two words",
        "ä",
        "😀",
        "...",
        ".a",
        "a.",
        "a;b",
        "100%",
        "%2",
        "%zz",
        "a+b",
        "a,b",
        "a:b=c",
        "~"
      })
  void takesTheRest(String text) {
    assertThatCode(() -> PathSegment.require("tag", text)).doesNotThrowAnyException();
  }
}
