package dev.vitrine.decompression;

/**
 * How far data may grow.
 *
 * @param maxRatio bytes that one byte may come to
 * @param free bytes that anything may come to
 * @param maxSize bytes that nothing may come to more than
 */
public record DecompressionConfig(int maxRatio, long free, long maxSize) {

  /** An image may begin with so much that is empty, whatever the rest is. */
  private static final long FREE = 1L << 30;

  public DecompressionConfig {
    if (maxRatio < 1 || free < 0 || maxSize < 0) {
      throw new IllegalArgumentException(
          "ratio %d, %d bytes free, %d at most: give at least 1, 0 and 0"
              .formatted(maxRatio, free, maxSize));
    }
  }

  /** One GiB is free. */
  public static DecompressionConfig of(int maxRatio, long maxSize) {
    return new DecompressionConfig(maxRatio, FREE, maxSize);
  }
}
