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
record Recognition(
    DiskFormat format, @Nullable Long virtualSize, @Nullable String danger, EndCheck end) {

  /** Looks at the end of data whose beginning was recognised. */
  interface EndCheck {
    EndCheck NONE = tail -> null;

    /** The danger there is; null for none. */
    @Nullable String danger(Tail tail);
  }

  static Recognition of(DiskFormat format, @Nullable Long virtualSize) {
    return virtualSize != null && virtualSize < 0
        ? dangerous(format, "that claims to be a disk of more than 2^63 bytes")
        : new Recognition(format, virtualSize, null, EndCheck.NONE);
  }

  static Recognition dangerous(DiskFormat format, String danger) {
    return new Recognition(format, null, danger, EndCheck.NONE);
  }

  /** The same, if its end is in order. */
  Recognition unless(EndCheck check) {
    return new Recognition(format, virtualSize, danger, check);
  }
}
