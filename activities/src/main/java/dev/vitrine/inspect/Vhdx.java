package dev.vitrine.inspect;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft's format: a table of regions, one of which has a table of items. Source: MS-VHDX 2.0,
 * chapters 2.2.3 and 2.6.
 */
final class Vhdx {

  private static final long REGIONS_AT = 192 << 10;
  private static final int ENTRY = 32;
  private static final int MOST_ENTRIES = 2047;

  /** No region begins before the second MiB. */
  private static final long FIRST_REGION = 1 << 20;

  /** More than any file system takes, and far from the end of a {@code long}. */
  private static final long LAST_REGION = 1L << 60;

  private static final int HAS_PARENT = 2;

  private static final byte[] METADATA = guid("06a27c8b90479a4bb8fe575f050f886e");
  private static final byte[] FILE_PARAMETERS = guid("3767a1ca36fa434db3b633f0aa44e76b");
  private static final byte[] DISK_SIZE = guid("2442a52f1bcd7648b2115dbed83bf4b8");
  private static final byte[] PARENT_LOCATOR = guid("2d5fd3a80bb34d45abf7d3d84834ab0c");

  private static final String DAMAGED = "whose tables make no sense";
  private static final String PARENT = "that has only what differs from another disk, its parent";

  private Vhdx() {}

  static Step begin() {
    return Step.probe(
        0,
        8,
        head -> Fields.has(head, 0, "vhdxfile") ? need(REGIONS_AT, 16, Vhdx::regions) : Step.NO);
  }

  private static Step regions(byte[] header) {
    int count = Fields.little(header).getInt(8);
    return !Fields.has(header, 0, "regi") || count < 1 || count > MOST_ENTRIES
        ? danger(DAMAGED)
        : region(0, count);
  }

  private static Step region(int n, int count) {
    if (n == count) {
      return danger("without metadata");
    }
    return need(
        REGIONS_AT + 16 + (long) n * ENTRY,
        ENTRY,
        entry -> {
          if (!isOf(entry, METADATA)) {
            return region(n + 1, count);
          }
          long at = Fields.little(entry).getLong(16);
          return at < FIRST_REGION || at > LAST_REGION
              ? danger(DAMAGED)
              : need(at, ENTRY, header -> items(at, header));
        });
  }

  private static Step items(long at, byte[] header) {
    int count = Fields.little(header).getShort(10) & 0xffff;
    return !Fields.has(header, 0, "metadata") || count > MOST_ENTRIES
        ? danger(DAMAGED)
        : new Items(at, count, null, null).next(0);
  }

  /**
   * Where the items are that matter.
   *
   * @param metadata where the region begins
   * @param count entries of the table
   * @param parameters where an item begins, behind the table; null if there is none so far
   */
  private record Items(
      long metadata, int count, @Nullable Long parameters, @Nullable Long diskSize) {

    Step next(int n) {
      if (n == count) {
        return parameters == null || diskSize == null
            ? danger("without a size or parameters")
            : values(parameters, diskSize);
      }
      return need(metadata + (n + 1L) * ENTRY, ENTRY, entry -> take(entry, n));
    }

    private Step take(byte[] entry, int n) {
      if (isOf(entry, PARENT_LOCATOR)) {
        return danger(PARENT);
      }
      long at = metadata + (Fields.little(entry).getInt(16) & 0xffff_ffffL);
      if (isOf(entry, FILE_PARAMETERS)) {
        return parameters != null
            ? danger(DAMAGED)
            : new Items(metadata, count, at, diskSize).next(n + 1);
      }
      if (isOf(entry, DISK_SIZE)) {
        return diskSize != null
            ? danger(DAMAGED)
            : new Items(metadata, count, parameters, at).next(n + 1);
      }
      return next(n + 1);
    }

    private Step values(long parametersAt, long diskSizeAt) {
      long first = Math.min(parametersAt, diskSizeAt);
      long second = Math.max(parametersAt, diskSizeAt);
      if (first < metadata + (count + 1L) * ENTRY || second < first + 8) {
        return danger(DAMAGED);
      }
      return need(
          first,
          8,
          one ->
              need(
                  second,
                  8,
                  other -> first == parametersAt ? decide(one, other) : decide(other, one)));
    }
  }

  private static Step decide(byte[] parameters, byte[] diskSize) {
    return (Fields.little(parameters).getInt(4) & HAS_PARENT) != 0
        ? danger(PARENT)
        : Step.found(Recognition.of(DiskFormat.VHDX, Fields.little(diskSize).getLong()));
  }

  private static boolean isOf(byte[] entry, byte[] guid) {
    return Arrays.equals(entry, 0, guid.length, guid, 0, guid.length);
  }

  private static byte[] guid(String bytes) {
    return HexFormat.of().parseHex(bytes);
  }

  private static Step need(long offset, int length, Function<byte[], Step> then) {
    return Step.need(DiskFormat.VHDX, offset, length, then);
  }

  private static Step danger(String what) {
    return Step.dangerous(DiskFormat.VHDX, what);
  }
}
