package dev.vitrine.terminal;

import dev.vitrine.task.Progress;
import dev.vitrine.text.Printable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far something is, in one line that fits: the bar shrinks first, then it, the time that is
 * left, the rate and the amount go, in this order; what it is and the percentage stay longest.
 *
 * @param status the step, and the attempt if it is not the first
 */
record ProgressLine(String status, Progress progress) {

  private static final int LONGEST_BAR = 24;
  private static final int SHORTEST_BAR = 6;
  private static final String GAP = "  ";

  static ProgressLine of(Progress progress) {
    String step = Printable.escape(progress.step());
    return new ProgressLine(
        progress.attempt() > 1 ? "%s (attempt %d)".formatted(step, progress.attempt()) : step,
        progress);
  }

  /**
   * The line.
   *
   * @param columns it takes no more of them; fewer than one gives nothing
   */
  String fitting(int columns) {
    String percent = percent();
    String head = percent == null ? status : status + " " + percent;
    String all = joined(head, amount(), rate(), timeLeft());
    if (percent != null) {
      int bar = Math.min(columns - TextWidth.of(all) - " []".length(), LONGEST_BAR);
      if (bar >= SHORTEST_BAR) {
        return joined(status + " " + bar(bar) + " " + percent, amount(), rate(), timeLeft());
      }
    }
    String shortest = percent == null ? amount() : percent;
    return Stream.of(
            all, joined(head, amount(), rate()), joined(head, amount()), head, shortest.strip())
        .filter(line -> TextWidth.of(line) <= columns)
        .findFirst()
        .orElse(TextWidth.cut(shortest.strip(), columns));
  }

  private static String joined(@Nullable String... parts) {
    return String.join(GAP, Stream.of(parts).flatMap(Stream::ofNullable).toList());
  }

  private String bar(int width) {
    Integer percent = progress.percent();
    int filled = percent == null ? 0 : width * Math.min(100, Math.max(0, percent)) / 100;
    return "[" + "=".repeat(filled) + " ".repeat(width - filled) + "]";
  }

  private @Nullable String percent() {
    Integer percent = progress.percent();
    return percent == null ? null : "%3d%%".formatted(percent);
  }

  /** The bytes, and of how many if that is known. */
  String amount() {
    Long total = progress.total();
    return HumanSizes.bytes(progress.bytes())
        + (total == null ? "" : " / " + HumanSizes.bytes(total));
  }

  private @Nullable String rate() {
    long rate = progress.bytesPerSecond();
    return rate > 0 ? HumanSizes.bytes(rate) + "/s" : null;
  }

  private @Nullable String timeLeft() {
    Long total = progress.total();
    long rate = progress.bytesPerSecond();
    return rate > 0 && total != null
        ? "ETA " + HumanSizes.duration((total - progress.bytes()) / rate)
        : null;
  }
}
