package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ArgumentsTest {

  @Test
  void takesACanonicalId() {
    String id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    assertThat(Arguments.uuid(id)).isEqualTo(UUID.fromString(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1-1-1-1-1",
        "0F8FAD5B-D9CB-469F-A165-70867728950E",
        "{0f8fad5b-d9cb-469f-a165-70867728950e}",
        " 0f8fad5b-d9cb-469f-a165-70867728950e"
      })
  void refusesEveryOtherFormOfAnIdAndSaysWhatToGive(String text) {
    assertThatThrownBy(() -> Arguments.uuid(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'%s' is not an id", text)
        .hasMessageContaining("8-4-4-4-12");
  }

  @ParameterizedTest
  @CsvSource({"0s,PT0S", "90s,PT90S", "30m,PT30M", "24h,PT24H", "7d,PT168H", "PT1H30M,PT90M"})
  void takesDurationsInUnitsOrAsIso8601(String text, Duration expected) {
    assertThat(Arguments.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "24", "-1h", "PT-1H", "1w", "1h30m"})
  void refusesEveryOtherFormOfADuration(String text) {
    assertThatThrownBy(() -> Arguments.duration(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'%s' is not a duration", text);
  }
}
