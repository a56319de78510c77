package dev.vitrine.cli;

import dev.vitrine.process.Standing;
import dev.vitrine.task.Progress;
import java.io.PrintWriter;

/**
 * Shows how far something is: to a person as a bar redrawn on one line, otherwise as a line for
 * each new step or attempt. Silent for JSON, and once somebody has left. Thread-safe.
 */
final class ProgressDisplay {

  private static final int BAR = 24;
  private static final String CLEAR_LINE = "\r\u001B[K";

  private final PrintWriter err;
  private final boolean terminal;
  private boolean silent;
  private final String what;
  private String last = "";
  private String noted = "";

  /**
   * @param terminal whether a person watches
   * @param silent whether JSON was asked for
   * @param what the process, as it is named to people: {@code upload of image <id>}
   */
  ProgressDisplay(PrintWriter err, boolean terminal, boolean silent, String what) {
    this.err = err;
    this.terminal = terminal;
    this.silent = silent;
    this.what = what;
  }

  /** A status by its name: {@code started}, {@code active}. */
  synchronized void status(String status) {
    if (!silent) {
      clear();
      last = "";
      err.println(what + ": " + status);
      err.flush();
    }
  }

  /** A remark, on a line of its own; the same one is made once. */
  synchronized void note(String remark) {
    if (!silent && !remark.equals(noted)) {
      noted = remark;
      clear();
      err.println(what + ": " + remark);
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
  void show(Standing standing) {
    Progress progress = standing.progress();
    if (progress != null && progress.waiting() != null) {
      note(progress.waiting());
    } else if (standing.lastFailure() != null) {
      note("trying again after: " + standing.lastFailure());
    }
    if (standing.progress() != null) {
      show(standing.progress());
    }
  }

  /** A report of a running transfer. */
  synchronized void show(Progress progress) {
    if (silent) {
      return;
    }
    String status =
        progress.attempt() > 1
            ? "%s (attempt %d)".formatted(progress.step(), progress.attempt())
            : progress.step();
    if (terminal) {
      last = bar(status, progress);
      err.print(CLEAR_LINE + last);
      err.flush();
    } else if (!status.equals(last)) {
      last = status;
      err.println("%s: %s, %s".formatted(what, status, amount(progress)));
      err.flush();
    }
  }

  /** Frees the line for what comes next. */
  synchronized void clear() {
    if (terminal && !silent && !last.isEmpty()) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  private static String bar(String status, Progress progress) {
    StringBuilder line = new StringBuilder(status);
    Integer percent = progress.percent();
    if (percent != null) {
      int filled = BAR * percent / 100;
      line.append(" [")
          .append("=".repeat(filled))
          .append(" ".repeat(BAR - filled))
          .append("] ")
          .append("%3d%%".formatted(percent));
    }
    line.append("  ").append(amount(progress));
    long rate = progress.bytesPerSecond();
    if (rate > 0) {
      line.append("  ").append(Sizes.bytes(rate)).append("/s");
      Long total = progress.total();
      if (total != null) {
        line.append("  ETA ").append(Sizes.duration((total - progress.bytes()) / rate));
      }
    }
    return line.toString();
  }

  private static String amount(Progress progress) {
    Long total = progress.total();
    return Sizes.bytes(progress.bytes()) + (total == null ? "" : " / " + Sizes.bytes(total));
  }
}
