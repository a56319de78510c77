package dev.vitrine.inspect;

import java.nio.ByteBuffer;

/**
 * A disk with partitions, by a GPT or an MBR. Source: UEFI 2.10, chapter 5; how a FAT file system
 * is told from an MBR, the reference's {@code format_inspector}.
 *
 * <p>A boot sector without a table that makes sense is none: kernels and boot loaders begin with
 * one, and are raw.
 */
final class PartitionTable {

  private static final int SECTOR = 512;
  private static final int ENTRIES_AT = 446;
  private static final int ENTRY = 16;
  private static final String GPT = "EFI PART";

  /** Sector 1 of disks whose sectors are of 4 KiB. */
  private static final int LARGE_SECTOR = 4096;

  private PartitionTable() {}

  static Step begin() {
    return Step.probe(0, SECTOR, sector -> isMbr(sector) ? found() : header(SECTOR));
  }

  /** A GPT whose MBR was lost or is no good, which some still read. */
  private static Step header(int offset) {
    return Step.probe(
        offset,
        GPT.length(),
        bytes -> {
          if (Fields.has(bytes, 0, GPT)) {
            return found();
          }
          return offset == SECTOR ? header(LARGE_SECTOR) : Step.NO;
        });
  }

  private static boolean isMbr(byte[] sector) {
    if (!Fields.has(sector, 510, "U\u00aa") || isFat(sector)) {
      return false;
    }
    ByteBuffer fields = Fields.little(sector);
    boolean any = false;
    for (int at = ENTRIES_AT; at < ENTRIES_AT + 4 * ENTRY; at += ENTRY) {
      int boot = sector[at] & 0xff;
      if (boot != 0 && boot != 0x80) {
        return false;
      }
      any |= sector[at + 4] != 0 && fields.getInt(at + 12) != 0;
    }
    return any;
  }

  /** Two tables of files, on a fixed disk. */
  private static boolean isFat(byte[] sector) {
    return sector[0x10] == 2 && (sector[0x15] & 0xff) == 0xf8;
  }

  private static Step found() {
    return Step.found(Recognition.of(DiskFormat.GPT, null));
  }
}
