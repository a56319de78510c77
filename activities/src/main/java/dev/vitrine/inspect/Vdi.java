package dev.vitrine.inspect;

import java.nio.ByteBuffer;

/** VirtualBox's format. Source: the header in QEMU's {@code block/vdi.c}. */
final class Vdi {

  private static final int SIGNATURE_AT = 0x40;
  private static final int SIGNATURE = 0xbeda107f;
  private static final int FIELDS = 0x44;
  private static final int LENGTH = 0x178;
  private static final int TYPE = 0x4c;
  private static final int DISK_SIZE = 0x170;

  private Vdi() {}

  static Step begin() {
    return Step.probe(
        SIGNATURE_AT,
        4,
        bytes ->
            Fields.little(bytes).getInt() == SIGNATURE
                ? Step.need(DiskFormat.VDI, FIELDS, LENGTH - FIELDS, Vdi::check)
                : Step.NO);
  }

  private static Step check(byte[] bytes) {
    ByteBuffer fields = Fields.little(bytes);
    int type = fields.getInt(TYPE - FIELDS);
    return switch (type) {
      case 1, 2 -> Step.found(Recognition.of(DiskFormat.VDI, fields.getLong(DISK_SIZE - FIELDS)));
      case 3, 4 ->
          Step.dangerous(
              DiskFormat.VDI, "that has only what differs from another disk, its parent");
      default -> Step.dangerous(DiskFormat.VDI, "of the unknown type " + type);
    };
  }
}
