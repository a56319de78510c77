package dev.vitrine.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScreenTest {

  @ParameterizedTest
  @CsvSource({
    // what stty says, COLUMNS, the width
    "24 132, '',  132",
    "24 132, 60,  132",
    "0 0,    60,  60",
    "0 0,    '',  80",
    "0 0,    -1,  80",
    "0 0,    9999999999, 80",
    "'',     x,   80",
  })
  void takesTheTerminalsWordFirst(String answer, String said, int width) {
    assertThat(new Screen.OfErrors(said).width(answer)).isEqualTo(width);
  }

  @Test
  void knowsNoDumbTerminal() {
    assertThat(Screen.ofProcess(Map.of("TERM", "dumb")).columns()).isZero();
    assertThat(Screen.ofProcess(Map.of()).columns()).isZero();
  }
}
