package dev.vitrine.inspect;

/**
 * A VMDK's descriptor without a disk around it, which names the files that have the data: never
 * safe. Data is taken for one if QEMU would, for its first line that isn't a comment is a version,
 * or if it is text that has a createType.
 */
final class VmdkText {

  private static final String CREATE_TYPE = "createtype=\"";
  private static final String VERSION = "version=";
  private static final int CHUNK = 512;

  /** The reference looks at as much. */
  private static final int MOST = (1 << 20) - 1;

  private static final int GOES_ON = 0;
  private static final int IS_ONE = 1;
  private static final int IS_NONE = 2;

  private int createTypeMatched;
  private int versionMatched;
  private boolean comment;
  private boolean versionPossible = true;
  private long taken;

  private VmdkText() {}

  static Step begin() {
    return new VmdkText().read();
  }

  private Step read() {
    if (taken >= MOST) {
      return Step.NO;
    }
    return new Step.Read(taken, CHUNK, this::step, left -> scan(left) == IS_ONE ? one() : Step.NO);
  }

  private Step step(byte[] bytes) {
    return switch (scan(bytes)) {
      case GOES_ON -> read();
      case IS_ONE -> one();
      default -> Step.NO;
    };
  }

  private static Step one() {
    return Step.dangerous(
        DiskFormat.VMDK, "descriptor alone, of which the data is in the files that it names");
  }

  private int scan(byte[] bytes) {
    taken += bytes.length;
    for (byte b : bytes) {
      // Bytes from 0x80 on are text in some encoding.
      if ((b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t') || b == 0x7f) {
        return IS_NONE;
      }
      int lower = b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
      if (isVersion(lower) || isCreateType(lower)) {
        return IS_ONE;
      }
    }
    return GOES_ON;
  }

  private boolean isCreateType(int c) {
    if (c != CREATE_TYPE.charAt(createTypeMatched)) {
      // Its first letter is in it once, so that no other beginning is missed.
      createTypeMatched = c == CREATE_TYPE.charAt(0) ? 1 : 0;
      return false;
    }
    return ++createTypeMatched == CREATE_TYPE.length();
  }

  /** Whether this ends the word, in the first line that is neither blank nor a comment. */
  private boolean isVersion(int c) {
    if (!versionPossible) {
      return false;
    }
    if (c == '\n') {
      comment = false;
      versionPossible = versionMatched == 0;
      return false;
    }
    if (comment || (versionMatched == 0 && (c == ' ' || c == '\r' || c == '\t'))) {
      return false;
    }
    if (c == '#' && versionMatched == 0) {
      comment = true;
      return false;
    }
    if (c != VERSION.charAt(versionMatched)) {
      versionPossible = false;
      return false;
    }
    return ++versionMatched == VERSION.length();
  }
}
