package dev.vitrine.inspect;

import java.nio.ByteBuffer;

/**
 * Optical discs, ISO 9660 and UDF. Source: ECMA-119 and the volume recognition sequence of
 * ECMA-167: descriptors of 2 KiB each from sector 16 on.
 */
final class Iso {

  private static final long FIRST = 16 * 2048;

  /** So many descriptors are looked at. */
  private static final int MOST = 16;

  private static final int IDENTIFIER_END = 6;
  private static final int FIELDS_END = 132;
  private static final int PRIMARY = 1;

  private Iso() {}

  static Step begin() {
    return Step.probe(
        FIRST,
        IDENTIFIER_END,
        bytes -> {
          if (Fields.has(bytes, 1, "CD001")) {
            return descriptor(0, bytes);
          }
          return isUdf(bytes) ? udf() : Fields.has(bytes, 1, "BEA01") ? extended(1) : Step.NO;
        });
  }

  /** Looks for the primary one among the descriptors of ISO 9660. */
  private static Step descriptor(int n, byte[] identifier) {
    if (!Fields.has(identifier, 1, "CD001")) {
      return Step.dangerous(DiskFormat.ISO, "without a primary volume descriptor");
    }
    if (identifier[0] == PRIMARY) {
      return Step.need(
          DiskFormat.ISO, at(n) + IDENTIFIER_END, FIELDS_END - IDENTIFIER_END, Iso::primary);
    }
    return n + 1 == MOST
        ? Step.dangerous(DiskFormat.ISO, "without a primary volume descriptor")
        : Step.need(DiskFormat.ISO, at(n + 1), IDENTIFIER_END, bytes -> descriptor(n + 1, bytes));
  }

  private static Step primary(byte[] bytes) {
    ByteBuffer fields = Fields.little(bytes);
    long blocks = fields.getInt(80 - IDENTIFIER_END) & 0xffff_ffffL;
    int blockSize = fields.getShort(128 - IDENTIFIER_END) & 0xffff;
    return Step.found(Recognition.of(DiskFormat.ISO, blocks * blockSize));
  }

  /** Looks for UDF behind the mark that begins an extended area. */
  private static Step extended(int n) {
    return n == MOST
        ? Step.NO
        : Step.probe(at(n), IDENTIFIER_END, bytes -> isUdf(bytes) ? udf() : extended(n + 1));
  }

  private static boolean isUdf(byte[] bytes) {
    return Fields.has(bytes, 1, "NSR02") || Fields.has(bytes, 1, "NSR03");
  }

  private static Step udf() {
    return Step.found(Recognition.of(DiskFormat.ISO, null));
  }

  private static long at(int n) {
    return FIRST + n * 2048L;
  }
}
