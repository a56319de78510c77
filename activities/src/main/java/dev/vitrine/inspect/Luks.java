package dev.vitrine.inspect;

/**
 * Encrypted sectors. Source: the on-disk format specifications of LUKS1 and LUKS2. Only looks at
 * what is in clear: what the encryption hides can't be inspected.
 */
final class Luks {

  private static final String MAGIC = "LUKS\u00ba\u00be";
  private static final int V1_LENGTH = 592;
  private static final int V2_LENGTH = 4096;

  private Luks() {}

  static Step begin() {
    return Step.probe(0, 6, head -> Fields.has(head, 0, MAGIC) ? version() : Step.NO);
  }

  private static Step version() {
    return Step.need(
        DiskFormat.LUKS,
        6,
        2,
        bytes -> {
          int version = Fields.big(bytes).getShort() & 0xffff;
          return switch (version) {
            case 1 -> rest(V1_LENGTH);
            case 2 -> rest(V2_LENGTH);
            default -> Step.dangerous(DiskFormat.LUKS, "of version " + version);
          };
        });
  }

  private static Step rest(int headerLength) {
    return Step.need(
        DiskFormat.LUKS,
        8,
        headerLength - 8,
        bytes -> Step.found(Recognition.of(DiskFormat.LUKS, null)));
  }
}
