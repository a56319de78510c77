package dev.vitrine.inspect;

import java.nio.ByteBuffer;

/**
 * QEMU's format. Source: QEMU's {@code docs/interop/qcow2.rst}; which features are refused, the
 * reference's {@code format_inspector}.
 */
final class Qcow2 {

  private static final String MAGIC = "QFI\u00fb";

  /** Where the fields begin that both versions have. */
  private static final int COMMON = 8;

  private static final int V2_LENGTH = 72;
  private static final int V3_LENGTH = 104;

  /** The bit of the features for data in a file apart. */
  private static final long DATA_FILE = 1 << 2;

  /** Dirty, corrupt, data file and compression type, of which the reference knows. */
  private static final long KNOWN = 0xf;

  private Qcow2() {}

  static Step begin() {
    return Step.probe(0, 4, head -> Fields.has(head, 0, MAGIC) ? version() : Step.NO);
  }

  private static Step version() {
    return Step.need(
        DiskFormat.QCOW2,
        4,
        4,
        bytes -> {
          int version = Fields.big(bytes).getInt();
          return switch (version) {
            case 2 -> rest(V2_LENGTH);
            case 3 -> rest(V3_LENGTH);
            default -> danger("of version " + Integer.toUnsignedString(version));
          };
        });
  }

  private static Step rest(int headerLength) {
    return Step.need(DiskFormat.QCOW2, COMMON, headerLength - COMMON, Qcow2::check);
  }

  private static Step check(byte[] bytes) {
    ByteBuffer fields = Fields.big(bytes);
    if (fields.getLong(8 - COMMON) != 0) {
      return danger("with a backing file, which whoever opens it would read as well");
    }
    long features = bytes.length > V2_LENGTH - COMMON ? fields.getLong(72 - COMMON) : 0;
    if ((features & DATA_FILE) != 0) {
      return danger("with its data in another file, which whoever opens it would read");
    }
    if ((features & ~KNOWN) != 0) {
      return danger("with features that are not known (0x%x)".formatted(features & ~KNOWN));
    }
    return Step.found(Recognition.of(DiskFormat.QCOW2, fields.getLong(24 - COMMON)));
  }

  private static Step danger(String what) {
    return Step.dangerous(DiskFormat.QCOW2, what);
  }
}
