package dev.vitrine.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.process.ExecutionState;
import dev.vitrine.task.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

  private static final long GIB = 1L << 30;

  private final StringWriter err = new StringWriter();
  private int columns = 120;

  @Test
  void aPersonSeesABarRedrawnOnOneLine() {
    ProgressDisplay display = display(true, false);

    display.show(new Progress("transfer", 5 * GIB, 10 * GIB, GIB / 8, 1));
    display.clear();

    assertThat(err.toString())
        .isEqualTo(
            "\r\u001B[Ktransfer [============            ]  50%  5.0 GiB / 10.0 GiB"
                + "  128.0 MiB/s  ETA 0:40\r\u001B[K");
  }

  @Test
  void aBarWithoutATotalShowsBytesAndRateOnly() {
    display(true, false).show(new Progress("transfer", 512, null, 100, 2));

    assertThat(err.toString()).isEqualTo("\r\u001B[Ktransfer (attempt 2)  512 B  100 B/s");
  }

  /**
   * Terminals wrap what no longer fits; what was one line is several then, all to be taken away.
   */
  @Test
  void takesALineAwayThatANarrowerScreenHasWrapped() {
    ProgressDisplay display = display(true, false);
    Progress half = new Progress("transfer", 5 * GIB, 10 * GIB, GIB / 8, 1);

    display.show(half);
    int width = err.toString().length() - "\r\u001B[K".length();
    err.getBuffer().setLength(0);
    columns = 30;
    display.show(half);

    String erased = "\r\u001B[K" + "\u001B[A\u001B[K".repeat((width - 1) / 30);
    assertThat(err.toString()).startsWith(erased + "transfer");
    assertThat(err.toString()).hasSizeLessThan(erased.length() + 30);
    err.getBuffer().setLength(0);
    columns = 100;
    display.show(half);
    assertThat(err.toString()).startsWith("\r\u001B[K");
  }

  @Test
  void withoutEscapesALineIsWrittenOver() {
    ProgressDisplay display =
        new ProgressDisplay(new PrintWriter(err, true), () -> columns, false, false, "upload");

    display.show(new Progress("transfer", 5 * GIB, 10 * GIB, GIB / 8, 1));
    display.show(new Progress("verify", 1, null, 0, 1));
    display.status("active");

    assertThat(err.toString()).doesNotContain("\u001B");
    String[] parts = err.toString().split("\r", -1);
    assertThat(parts[2]).startsWith("transfer [");
    assertThat(parts[3]).isBlank().hasSameSizeAs(parts[2]);
    assertThat(err.toString()).endsWith("\rupload: active" + System.lineSeparator());
  }

  @Test
  void saysNothingThatSteersTheTerminal() {
    ProgressDisplay display = display(false, false);

    display.note("answered 500 \u001B[2J\nforged: line");
    display.status("act\u001Bive");

    assertThat(err.toString().lines())
        .containsExactly("upload: answered 500 \\u001b[2J\\nforged: line", "upload: act\\u001bive");
  }

  @Test
  void aPipeGetsOneLineForEachStepOrAttempt() {
    ProgressDisplay display = display(false, false);

    display.status("started");
    display.show(new Progress("transfer", 0, 2048L, 0, 1));
    display.show(new Progress("transfer", 1024, 2048L, 1024, 1));
    display.show(new Progress("transfer", 1024, 2048L, 0, 2));
    display.show(new Progress("verify", 2048, 2048L, 1024, 2));
    display.status("activated");

    assertThat(err.toString().lines())
        .containsExactly(
            "upload: started",
            "upload: transfer, 0 B / 2.0 KiB",
            "upload: transfer (attempt 2), 1.0 KiB / 2.0 KiB",
            "upload: verify (attempt 2), 2.0 KiB / 2.0 KiB",
            "upload: activated");
  }

  @Test
  void saysOnceWhyItIsTriedAgain() {
    ProgressDisplay display = display(false, false);
    ExecutionState failed =
        new ExecutionState(
            false, new Progress("transfer", 0, 2048L, 0, 2), "the source answered 500", null);

    display.show(failed);
    display.show(failed);

    assertThat(err.toString().lines())
        .containsExactly(
            "upload: trying again after: the source answered 500",
            "upload: transfer (attempt 2), 0 B / 2.0 KiB");
  }

  @Test
  void hasNothingToSayOnceSomebodyHasLeft() {
    ProgressDisplay display = display(true, false);

    display.leave("it goes on");
    display.show(new Progress("transfer", 0, 2048L, 0, 1));
    display.status("activated");

    assertThat(err.toString().lines()).containsExactly("", "it goes on");
  }

  @Test
  void jsonReadersAreToldNothingOnTheWay() {
    ProgressDisplay display = display(true, true);

    display.status("started");
    display.show(new Progress("transfer", 0, 2048L, 0, 1));
    display.clear();

    assertThat(err.toString()).isEmpty();
  }

  private ProgressDisplay display(boolean terminal, boolean silent) {
    Screen screen = terminal ? () -> columns : Screen.NONE;
    return new ProgressDisplay(new PrintWriter(err, true), screen, true, silent, "upload");
  }
}
