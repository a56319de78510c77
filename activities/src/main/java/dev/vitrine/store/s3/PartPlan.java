package dev.vitrine.store.s3;

import dev.vitrine.error.VitrineException.TooLarge;
import org.jspecify.annotations.Nullable;

/**
 * How large each part of an upload is. S3 takes 10,000 parts at most, so parts of data whose size
 * is known are as large as that asks for, and those of other data double after every thousand. It
 * follows from the part's number alone: who goes on with an upload makes the parts that its
 * predecessor would have made.
 *
 * @param first bytes of the first part
 * @param flat how many parts are as large as the first
 */
record PartPlan(long first, int flat) {

  /** As many parts as an upload may have. */
  static final int MOST_PARTS = 10_000;

  /** Known data leaves some for more than was told, which is for others to refuse. */
  private static final int PARTS_OF_KNOWN = 9_000;

  private static final int STEP = 1_000;
  private static final long UNIT = 1L << 20;

  /**
   * The plan for new data.
   *
   * @param least bytes of a part
   * @param size of all data; null if not known
   * @throws TooLarge if parts would be larger than fits into memory
   */
  static PartPlan of(long least, @Nullable Long size) {
    if (size == null) {
      return new PartPlan(least, STEP);
    }
    long needed = (size + PARTS_OF_KNOWN - 1) / PARTS_OF_KNOWN;
    if (needed <= least) {
      return new PartPlan(least, PARTS_OF_KNOWN);
    }
    long first = (needed + UNIT - 1) / UNIT * UNIT;
    if (first > S3StoreConfig.MOST_PART) {
      throw new TooLarge(
          "%d bytes are more than S3 takes in %d parts of %d bytes"
              .formatted(size, PARTS_OF_KNOWN, S3StoreConfig.MOST_PART));
    }
    return new PartPlan(first, PARTS_OF_KNOWN);
  }

  /**
   * Bytes of a part.
   *
   * @param number from 1 on
   * @throws TooLarge if there may be no such part
   */
  long size(int number) {
    if (number > MOST_PARTS) {
      throw new TooLarge("the data does not fit into the %d parts S3 takes".formatted(MOST_PARTS));
    }
    int doublings = number <= flat ? 0 : (number - flat + STEP - 1) / STEP;
    long size = first;
    for (int i = 0; i < doublings && size < S3StoreConfig.MOST_PART; i++) {
      size *= 2;
    }
    return Math.min(size, Math.max(first, S3StoreConfig.MOST_PART));
  }
}
