package dev.vitrine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "5m, PT5M",
    "48h, PT48H",
    "7d, PT168H",
    "0s, PT0S",
    "10 s, PT10S",
  })
  void readsDurations(String text, Duration duration) {
    assertThat(Units.duration(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "-1s",
        "1.5h",
        "5min",
        "1w",
        "1S",
        "99999999999999999999d",
        "9223372036854775807d",
        "9223372036854775807s"
      })
  void refusesWhatIsNoDuration(String text) {
    assertThat(Units.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "17B, 17",
    "64KiB, 65536",
    "64MiB, 67108864",
    "2 GiB, 2147483648",
    "1TiB, 1099511627776",
    "8191PiB, 9222246136947933184",
  })
  void readsSizes(String text, long bytes) {
    assertThat(Units.size(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5GiB", "1GB", "64mib", "TiB", "8192PiB", "1EiB"})
  void refusesWhatIsNoSize(String text) {
    assertThat(Units.size(text)).isEmpty();
  }
}
