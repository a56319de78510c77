package dev.vitrine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTimestampTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01T00:00:00.000000Z",
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00.000000Z",
        "2024-02-29T12:34:56.000001Z",
        "2026-11-26T16:35:43.120000Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void writesWhatItReads(String text) {
    Instant at = TextTimestamp.read(text);

    assertThat(at).isEqualTo(Instant.parse(text));
    assertThat(TextTimestamp.write(at)).isEqualTo(text);
  }

  @Test
  void cutsOffWhatIsSmallerThanAMicrosecond() {
    assertThat(TextTimestamp.write(Instant.parse("2026-11-26T16:35:43.123456999Z")))
        .isEqualTo("2026-11-26T16:35:43.123456Z");
    assertThat(TextTimestamp.write(Instant.parse("1969-12-31T23:59:59.123456999Z")))
        .isEqualTo("1969-12-31T23:59:59.123456Z");
  }

  @Test
  void readsOtherFormsToo() {
    assertThat(TextTimestamp.read("2026-11-26T16:35:43Z"))
        .isEqualTo(Instant.ofEpochSecond(1_795_710_943));
    assertThat(TextTimestamp.read("2026-11-26T16:35:43.1234567Z"))
        .isEqualTo(Instant.ofEpochSecond(1_795_710_943, 123_456_700));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-13-26T16:35:43.000000Z",
        "2026-02-30T16:35:43.000000Z",
        "2026-11-26T24:35:43.000000Z",
        "2026-11-26 16:35:43.000000Z",
        "2026-11-26T16:35:4x.000000Z"
      })
  void refusesWhatIsNoMoment(String text) {
    assertThatThrownBy(() -> TextTimestamp.read(text)).isInstanceOf(DateTimeException.class);
  }
}
