package dev.vitrine.bench.durable;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of an operation's CPU.
 *
 * @param kind what it is compared with
 * @param most a factor, or milliseconds
 */
record Limit(Kind kind, double most) {

  /** What an operation is compared with. */
  enum Kind {
    /** Nothing: only shown. */
    NONE,
    /** The floor of the same round. */
    FLOOR,
    /** The floor, and the CPU that the bytes take by themselves on top. */
    FLOOR_AND_BYTES,
    /** Milliseconds. */
    ABSOLUTE
  }

  static final Limit NONE = new Limit(Kind.NONE, 0);

  static Limit ofFloor(double most) {
    return new Limit(Kind.FLOOR, most);
  }

  static Limit ofFloorAndBytes(double most) {
    return new Limit(Kind.FLOOR_AND_BYTES, most);
  }

  static Limit milliseconds(double most) {
    return new Limit(Kind.ABSOLUTE, most);
  }

  /** For people; null if there is none. */
  @Nullable String words() {
    return switch (kind) {
      case NONE -> null;
      case FLOOR -> "at most %s x the floor".formatted(most);
      case FLOOR_AND_BYTES -> "at most %s x the floor, its bytes aside".formatted(most);
      case ABSOLUTE -> "at most %s ms of CPU".formatted(most);
    };
  }

  /**
   * Whether it is kept; null if there is none.
   *
   * @param cpu in milliseconds
   * @param ratio to the floor
   */
  @Nullable Boolean isKept(double cpu, double ratio) {
    return switch (kind) {
      case NONE -> null;
      case FLOOR, FLOOR_AND_BYTES -> ratio <= most;
      case ABSOLUTE -> cpu <= most;
    };
  }
}
