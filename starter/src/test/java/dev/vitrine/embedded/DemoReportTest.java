package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DemoReportTest {

  private final DemoReport report = new DemoReport();

  @Test
  void isRightIfEveryOutcomeIs() {
    report.add("upload", "active", "active", "1 byte");
    report.add("files left", 0, 0L, "");

    assertThat(report.allRight()).isTrue();
    assertThat(report.allRight()).isTrue();
    assertThat(printed()).contains("ok     1 byte", "all 2 outcomes are the right ones");
  }

  @Test
  void oneWrongOutcomeIsFailedWork() {
    report.add("upload", "active", "active", "");
    report.add("failing upload", "killed", "queued", "why");

    assertThat(report.allRight()).isFalse();
    assertThat(printed()).contains("WRONG  why", "1 of 2 outcomes are WRONG");
  }

  @Test
  void nothingDoneIsNotRight() {
    assertThat(report.allRight()).isFalse();
  }

  private String printed() {
    StringWriter out = new StringWriter();
    report.print(new PrintWriter(out));
    return out.toString();
  }
}
