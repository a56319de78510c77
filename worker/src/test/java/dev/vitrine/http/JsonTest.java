package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.error.VitrineException.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static JsonNode read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsADocument() {
    JsonNode document = read("{\"a\": [1, \"ä😀\", null, true, 1.5e3]}");
    assertThat(document.path("a")).hasSize(5);
    assertThat(document.path("a").get(1).textValue()).isEqualTo("ä😀");
  }

  @Test
  void skipsAByteOrderMark() {
    assertThat(read("\ufeff{}").isObject()).isTrue();
  }

  @Test
  void takesAnEscapedPairOfSurrogatesForOneCharacter() {
    assertThat(read("\"\\ud83d\\ude00\"").textValue()).isEqualTo("😀");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "{",
        "{\"a\": 1",
        "{\"a\": 1}}",
        "{} {}",
        "[1,]",
        "{'a': 1}",
        "{a: 1}",
        "// nothing\n{}",
        "NaN",
        "01",
        "nul",
        "\"a\nb\"",
        "\"\\x\"",
        "{\"a\": 1, \"a\": 2}",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "[{\"a\": \"\\udc00x\"}]",
        "{\"\\ud800\": 1}",
        "{\"a\\u0000\": 1}",
      })
  void refusesWhatIsNoDocument(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(Invalid.class);
  }

  @Test
  void refusesSoManySmallThingsThatTheyFillTheMemory() {
    // Two brackets each, and two around all.
    int most = Json.MOST_TOKENS / 2 - 1;
    assertThat(read("[" + "{},".repeat(most - 1) + "{}]")).hasSize(most);
    assertThatThrownBy(() -> read("[" + "{},".repeat(most) + "{}]"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("more than 100000 names, values and brackets");
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xff, '"'}))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xc3, '"'}))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void refusesDepthThatNobodyNeeds() {
    assertThat(read("[".repeat(60) + "]".repeat(60)).isArray()).isTrue();
    assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> read("{\"a\":".repeat(100_000))).isInstanceOf(Invalid.class);
  }

  @Test
  void refusesNumbersThatTakeForEverToRead() {
    assertThatThrownBy(() -> read("9".repeat(100_000))).isInstanceOf(Invalid.class);
  }

  @Test
  void saysWhereItIsWrong() {
    assertThatThrownBy(() -> read("{\"a\": 1,\n \"b\": oops}"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("line 2, column");
  }

  @Test
  void writesWhatItReads() {
    byte[] written = Json.write(Map.of("a", "ä😀\n"));
    assertThat(Json.read(written).path("a").textValue()).isEqualTo("ä😀\n");
  }
}
