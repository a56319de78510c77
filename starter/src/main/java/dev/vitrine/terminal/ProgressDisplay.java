package dev.vitrine.terminal;

import dev.vitrine.process.ExecutionState;
import dev.vitrine.task.Progress;
import dev.vitrine.text.Printable;
import java.io.PrintWriter;

/**
 * Shows how far something is: to a person as a bar redrawn on one line that never is wider than the
 * screen, otherwise as a line for each new step or attempt. Silent for JSON, and once somebody has
 * left. Thread-safe.
 */
public final class ProgressDisplay {

  private static final String UP = "\u001B[A";

  /** Row by row: some terminals keep what is erased from the top of the screen to its end. */
  private static final String ERASE_ROW = "\u001B[K";

  private final PrintWriter err;
  private final Screen screen;
  private final boolean drawn;
  private final boolean escapes;
  private boolean silent;
  private final String what;
  private String last = "";
  private String noted = "";

  /**
   * @param screen what a person watches it on, asked for its width each time
   * @param escapes whether to steer the terminal by more than going back to the line's beginning
   * @param silent whether JSON was asked for
   * @param what the process, as it is named to people: {@code upload of image <id>}
   */
  public ProgressDisplay(
      PrintWriter err, Screen screen, boolean escapes, boolean silent, String what) {
    this.err = err;
    this.screen = screen;
    this.drawn = !silent && screen.columns() > 0;
    this.escapes = escapes;
    this.silent = silent;
    this.what = Printable.escape(what);
  }

  /** A status by its name: {@code started}, {@code active}. */
  public synchronized void status(String status) {
    if (!silent) {
      clear();
      last = "";
      err.println(what + ": " + Printable.escape(status));
      err.flush();
    }
  }

  /** A remark, on a line of its own; the same one is made once. */
  synchronized void note(String remark) {
    if (!silent && !remark.equals(noted)) {
      noted = remark;
      clear();
      err.println(what + ": " + Printable.escape(remark));
      err.flush();
    }
  }

  /** The last words to somebody who leaves; silent from then on. */
  synchronized void leave(String words) {
    if (!silent) {
      // After the ^C that a terminal shows.
      err.println();
      err.println(words);
      err.flush();
      silent = true;
    }
  }

  /** How it stands: what it waits for, why it is tried again, and how far it is. */
  void show(ExecutionState state) {
    Progress progress = state.progress();
    if (progress != null && progress.waiting() != null) {
      note(progress.waiting());
    } else if (state.lastFailure() != null) {
      note("trying again after: " + state.lastFailure());
    }
    if (state.progress() != null) {
      show(state.progress());
    }
  }

  /** A report of a running transfer. */
  synchronized void show(Progress progress) {
    if (silent) {
      return;
    }
    ProgressLine line = ProgressLine.of(progress);
    if (drawn) {
      redraw(line);
    } else if (!line.status().equals(last)) {
      last = line.status();
      err.println("%s: %s, %s".formatted(what, line.status(), line.amount()));
      err.flush();
    }
  }

  /** The last column stays free: behind it, some terminals are on the next line already. */
  private void redraw(ProgressLine line) {
    int columns = Math.max(1, screen.columns());
    String erased = erased(columns);
    last = line.fitting(columns - 1);
    err.print(erased + last);
    err.flush();
  }

  /** Frees the line for what comes next. */
  synchronized void clear() {
    if (drawn && !silent && !last.isEmpty()) {
      err.print(erased(Math.max(1, screen.columns())));
      err.flush();
      last = "";
    }
  }

  /**
   * What takes the last line away. Where the screen has become narrower since, the terminal has
   * wrapped it, and the line begins further up.
   */
  private String erased(int columns) {
    int width = TextWidth.of(last);
    if (!escapes) {
      return "\r" + " ".repeat(Math.min(width, columns - 1)) + "\r";
    }
    int rowsAbove = Math.max(0, width - 1) / columns;
    return "\r" + ERASE_ROW + (UP + ERASE_ROW).repeat(rowsAbove);
  }
}
