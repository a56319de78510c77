package dev.vitrine.workflow;

import io.temporal.workflow.Workflow;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The one line of the log with which each upload, task and deletion ends; not at a replay. */
public final class FinishedLine {

  /** The logger, for whoever wants these lines elsewhere. */
  public static final String LOGGER = "dev.vitrine.finished";

  private static final Logger log = Workflow.getLogger(LOGGER);

  private FinishedLine() {}

  /**
   * Writes it, from within the workflow.
   *
   * @param what it was and how it ended: {@code upload of image <id> activated}
   * @param bytes that were moved or removed; null if none
   * @param attempts of whatever took the most; null if one sufficed
   * @param why it did not end well; null if it did
   */
  public static void write(
      String what, @Nullable Long bytes, @Nullable Integer attempts, @Nullable String why) {
    long millis = Workflow.currentTimeMillis() - Workflow.getInfo().getRunStartedTimestampMillis();
    log.info("{}", text(what, bytes, millis, attempts, why));
  }

  /** The text of such a line. */
  public static String text(
      String what,
      @Nullable Long bytes,
      long millis,
      @Nullable Integer attempts,
      @Nullable String why) {
    return String.format(
        Locale.ROOT,
        "%s: size=%d seconds=%.3f attempts=%d%s",
        what,
        bytes == null ? 0 : bytes,
        Math.max(0, millis) / 1000.0,
        attempts == null ? 1 : attempts,
        why == null ? "" : "; " + why);
  }
}
