package dev.vitrine.inspect;

import org.jspecify.annotations.Nullable;

/**
 * A format that was recognised.
 *
 * @param virtualSize bytes of the disk; null if it is the data itself
 * @param danger why nobody should open it, to follow the format's name; null if nothing speaks
 *     against it
 * @param end what only the end of the data tells
 */
record Finding(
    DiskFormat format, @Nullable Long virtualSize, @Nullable String danger, EndCheck end) {

  /** Looks at the end of data whose beginning was recognised. */
  interface EndCheck {
    EndCheck NONE = tail -> null;

    /** The danger there is; null for none. */
    @Nullable String danger(Tail tail);
  }

  static Finding of(DiskFormat format, @Nullable Long virtualSize) {
    return virtualSize != null && virtualSize < 0
        ? dangerous(format, "that claims to be a disk of more than 2^63 bytes")
        : new Finding(format, virtualSize, null, EndCheck.NONE);
  }

  static Finding dangerous(DiskFormat format, String danger) {
    return new Finding(format, null, danger, EndCheck.NONE);
  }

  /** The same, if its end is in order. */
  Finding unless(EndCheck check) {
    return new Finding(format, virtualSize, danger, check);
  }
}
