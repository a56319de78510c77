package dev.vitrine.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonSizeTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\"\\/", "\u0000\u0007\u001f\b\t\n\f\r", "é漢🐧", "\u007f"})
  void isWhatAWriterWrites(String text) throws Exception {
    assertThat(JsonSize.of(text)).isEqualTo(new ObjectMapper().writeValueAsBytes(text).length);
  }
}
