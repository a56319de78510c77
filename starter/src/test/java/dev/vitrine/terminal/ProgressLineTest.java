package dev.vitrine.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.task.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ProgressLineTest {

  private static final long GIB = 1L << 30;

  static List<Progress> reports() {
    List<Progress> all = new ArrayList<>();
    for (String step : List.of("transfer", "数据传输", "t\u0308ransfer 😀", "", "a\u001B[2Jb\n")) {
      for (Long total : new Long[] {null, 0L, 10 * GIB, Long.MAX_VALUE}) {
        for (long bytes : new long[] {0, 5 * GIB, total == null ? GIB : total}) {
          for (long rate : new long[] {0, 1, Long.MAX_VALUE}) {
            all.add(new Progress(step, bytes, total, rate, 1));
            all.add(new Progress(step, bytes, total, rate, Integer.MAX_VALUE));
          }
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("reports")
  void neverIsWiderThanItMayBe(Progress progress) {
    for (int columns = -1; columns <= 200; columns++) {
      String line = ProgressLine.of(progress).fitting(columns);

      assertThat(TextWidth.of(line))
          .as("'%s' in %d", line, columns)
          .isLessThanOrEqualTo(Math.max(0, columns));
      assertThat(line.codePoints().noneMatch(Character::isISOControl)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "120|transfer [============            ]  50%  5.0 GiB / 10.0 GiB  128.0 MiB/s  ETA 0:40",
        "79|transfer [==========          ]  50%  5.0 GiB / 10.0 GiB  128.0 MiB/s  ETA 0:40",
        "59|transfer  50%  5.0 GiB / 10.0 GiB  128.0 MiB/s  ETA 0:40",
        "50|transfer  50%  5.0 GiB / 10.0 GiB  128.0 MiB/s",
        "40|transfer  50%  5.0 GiB / 10.0 GiB",
        "29|transfer  50%",
        "10|50%",
        "2|5…",
        "0|",
      })
  void leavesOutWhatMattersLeast(int columns, String line) {
    assertThat(
            ProgressLine.of(new Progress("transfer", 5 * GIB, 10 * GIB, GIB / 8, 1))
                .fitting(columns))
        .isEqualTo(line == null ? "" : line);
  }

  @Test
  void hasNoBarWhereTheEndIsNotKnown() {
    ProgressLine line = ProgressLine.of(new Progress("transfer", 512, null, 100, 2));

    assertThat(line.fitting(80)).isEqualTo("transfer (attempt 2)  512 B  100 B/s");
    assertThat(line.fitting(30)).isEqualTo("transfer (attempt 2)  512 B");
    assertThat(line.fitting(6)).isEqualTo("512 B");
  }
}
