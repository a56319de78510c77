package dev.vitrine.inspect;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where an inspector of one format has got to: it wants certain bytes, or it has decided. */
sealed interface Step {

  /** It is not of the format. */
  Step NO = new Decided(null);

  /**
   * @param finding null if the data is not of the format
   */
  record Decided(@Nullable Recognition finding) implements Step {}

  /**
   * Wants a region of the data. Each begins where the one before has ended, or after that.
   *
   * @param then is given the bytes
   * @param cutOff is given those that there are if the data ends before the region does
   */
  record Read(long offset, int length, Function<byte[], Step> then, Function<byte[], Step> cutOff)
      implements Step {

    /** The most bytes of a region: with the number of inspectors, the bound of their memory. */
    static final int MOST = 4096;

    public Read {
      if (offset < 0 || length < 1 || length > MOST) {
        throw new IllegalArgumentException(
            "%d bytes at %d: give 1 to %d at 0 or later".formatted(length, offset, MOST));
      }
    }
  }

  static Step found(Recognition finding) {
    return new Decided(finding);
  }

  static Step dangerous(DiskFormat format, String danger) {
    return new Decided(Recognition.dangerous(format, danger));
  }

  /** What shows whether the data is of the format at all. */
  static Step probe(long offset, int length, Function<byte[], Step> then) {
    return new Read(offset, length, then, left -> NO);
  }

  /** What has to be there in data that is of the format. */
  static Step need(DiskFormat format, long offset, int length, Function<byte[], Step> then) {
    return new Read(
        offset,
        length,
        then,
        left -> dangerous(format, "whose header is cut off: the data ends before it does"));
  }
}
