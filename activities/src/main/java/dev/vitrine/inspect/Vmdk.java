package dev.vitrine.inspect;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * VMware's format, as far as all of it is in one file: a header, a descriptor in text behind it.
 * Source: VMware's Virtual Disk Format 5.0; which forms are taken, the reference's {@code
 * format_inspector}.
 */
final class Vmdk {

  private static final int SECTOR = 512;
  private static final int MAGIC = 4;
  private static final int LENGTH = 79;
  private static final long FOOTER_FOLLOWS = -1;

  /** No disk has more sectors, or its bytes would be more than a {@code long} holds. */
  private static final long MOST_SECTORS = Long.MAX_VALUE / SECTOR;

  /** QEMU reads no more of a descriptor. */
  private static final int MOST_DESCRIPTOR = (1 << 20) - 1;

  private Vmdk() {}

  /** What a footer has to repeat of the header. */
  private record Header(
      int version, long sectors, long descriptorAt, long descriptorSectors, long directoryAt) {

    /**
     * @param bytes without the magic
     */
    static Header of(byte[] bytes) {
      ByteBuffer fields = Fields.little(bytes);
      return new Header(
          fields.getInt(4 - MAGIC),
          fields.getLong(12 - MAGIC),
          fields.getLong(28 - MAGIC),
          fields.getLong(36 - MAGIC),
          fields.getLong(56 - MAGIC));
    }

    /** Bytes of the descriptor. */
    int descriptorLength() {
      return descriptorSectors < 0 || descriptorSectors > MOST_DESCRIPTOR / SECTOR
          ? MOST_DESCRIPTOR
          : (int) descriptorSectors * SECTOR;
    }

    /** Whether it leads to the same, wherever the directory of the data is. */
    boolean agrees(Header other) {
      return version == other.version
          && sectors == other.sectors
          && descriptorAt == other.descriptorAt
          && descriptorSectors == other.descriptorSectors;
    }
  }

  static Step begin() {
    return Step.probe(
        0,
        MAGIC,
        head -> {
          if (Fields.has(head, 0, "KDMV")) {
            return Step.need(DiskFormat.VMDK, MAGIC, LENGTH - MAGIC, Vmdk::header);
          }
          return Fields.has(head, 0, "COWD")
              ? danger("in the form of ESX, of which the data is in other files")
              : Step.NO;
        });
  }

  private static Step header(byte[] bytes) {
    Header header = Header.of(bytes);
    if (header.version < 1 || header.version > 3) {
      return danger("of version " + Integer.toUnsignedString(header.version));
    }
    if (header.descriptorAt != 1 || header.descriptorSectors == 0) {
      return danger("without a descriptor behind its header");
    }
    if (header.sectors < 1 || header.sectors > MOST_SECTORS) {
      // QEMU takes one of no sectors for a descriptor alone, and opens the files that it names.
      return danger("of no size of its own");
    }
    return descriptor(header, new VmdkDescriptor(), 0);
  }

  private static Step descriptor(Header header, VmdkDescriptor descriptor, int at) {
    int left = header.descriptorLength() - at;
    if (left == 0) {
      return finish(header, descriptor);
    }
    return Step.need(
        DiskFormat.VMDK,
        SECTOR + at,
        Math.min(left, SECTOR),
        bytes ->
            descriptor.take(bytes)
                ? descriptor(header, descriptor, at + bytes.length)
                : finish(header, descriptor));
  }

  private static Step finish(Header header, VmdkDescriptor descriptor) {
    String danger = descriptor.danger();
    if (danger != null) {
      return danger(danger);
    }
    Recognition finding = Recognition.of(DiskFormat.VMDK, header.sectors * SECTOR);
    return Step.found(
        header.directoryAt == FOOTER_FOLLOWS
            ? finding.unless(tail -> footer(header, tail))
            : finding);
  }

  /** A footer counts more than the header, so that it has to say the same. */
  private static @Nullable String footer(Header header, Tail tail) {
    if (!tail.has(3 * SECTOR)) {
      return "whose footer is cut off";
    }
    byte[] end = tail.last(3 * SECTOR);
    ByteBuffer fields = Fields.little(end);
    byte[] rest = new byte[LENGTH - MAGIC];
    System.arraycopy(end, SECTOR + MAGIC, rest, 0, rest.length);
    Header footer = Header.of(rest);
    boolean marked =
        isMarker(fields, 0, 3)
            && fields.getLong(2 * SECTOR) == 0
            && isMarker(fields, 2 * SECTOR, 0)
            && Fields.has(end, SECTOR, "KDMV");
    return marked && footer.agrees(header) && footer.directoryAt != FOOTER_FOLLOWS
        ? null
        : "whose footer is not that of its header, or is cut off";
  }

  /** A sector with a number, no data, a type and nothing else. */
  private static boolean isMarker(ByteBuffer fields, int at, int type) {
    if (fields.getInt(at + 8) != 0 || fields.getInt(at + 12) != type) {
      return false;
    }
    for (int i = at + 16; i < at + SECTOR; i++) {
      if (fields.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Step danger(String what) {
    return Step.dangerous(DiskFormat.VMDK, what);
  }
}
