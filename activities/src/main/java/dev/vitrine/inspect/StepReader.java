package dev.vitrine.inspect;

import dev.vitrine.inspect.Step.Read;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes an inspector of one format through data that passes. Holds one region at most. */
final class StepReader {

  private Step step;
  private byte @Nullable [] region;
  private int filled;

  StepReader(Step first) {
    this.step = first;
  }

  /**
   * Takes in what comes next.
   *
   * @param position of the first byte in the data
   */
  void take(long position, byte[] bytes, int offset, int length) {
    long end = position + length;
    while (step instanceof Read read) {
      long next = read.offset() + filled;
      if (next < position) {
        throw new IllegalStateException("a region at %d is wanted at %d".formatted(next, position));
      }
      if (next >= end) {
        return;
      }
      byte[] into = region == null ? new byte[read.length()] : region;
      int count = (int) Math.min(read.length() - filled, end - next);
      System.arraycopy(bytes, offset + (int) (next - position), into, filled, count);
      filled += count;
      region = into;
      if (filled == read.length()) {
        go(read.then().apply(into));
      }
    }
  }

  /** There is no more. */
  void end() {
    while (step instanceof Read read) {
      byte[] left = region == null ? new byte[0] : Arrays.copyOf(region, filled);
      go(read.cutOff().apply(left));
    }
  }

  private void go(Step next) {
    step = next;
    region = null;
    filled = 0;
  }

  boolean isDecided() {
    return step instanceof Step.Decided;
  }

  /** What was decided; null if the data is not of the format, or nothing is decided yet. */
  @Nullable Recognition finding() {
    return step instanceof Step.Decided decided ? decided.finding() : null;
  }

  /** Bytes of data that it holds. */
  int held() {
    return region == null ? 0 : region.length;
  }
}
