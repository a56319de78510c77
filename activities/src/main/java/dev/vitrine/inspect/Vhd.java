package dev.vitrine.inspect;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft's former format: a footer at the end of the data, and for a disk that grows a copy of
 * it at the start. Source: the Virtual Hard Disk Image Format Specification, version 1.0.
 */
final class Vhd {

  private static final String COOKIE = "conectix";
  private static final int LENGTH = 512;
  private static final int FIXED = 2;
  private static final int DYNAMIC = 3;
  private static final int DIFFERENCING = 4;

  private static final String PARENT = "that has only what differs from another disk, its parent";

  private Vhd() {}

  private record Footer(long dataOffset, long currentSize, int type) {
    static Footer of(byte[] bytes) {
      ByteBuffer fields = Fields.big(bytes);
      return new Footer(fields.getLong(16), fields.getLong(48), fields.getInt(60));
    }
  }

  static Step begin() {
    return Step.probe(
        0, COOKIE.length(), cookie -> Fields.has(cookie, 0, COOKIE) ? copyAtStart() : Step.NO);
  }

  private static Step copyAtStart() {
    int read = COOKIE.length();
    return Step.need(
        DiskFormat.VHD,
        read,
        LENGTH - read,
        rest -> {
          byte[] footer = new byte[LENGTH];
          System.arraycopy(rest, 0, footer, read, rest.length);
          return Step.found(growing(Footer.of(footer)));
        });
  }

  private static Recognition growing(Footer start) {
    return switch (start.type) {
      case DYNAMIC ->
          Recognition.of(DiskFormat.VHD, start.currentSize)
              .unless(tail -> differs(start, atEnd(tail)));
      case DIFFERENCING -> Recognition.dangerous(DiskFormat.VHD, PARENT);
      default ->
          Recognition.dangerous(
              DiskFormat.VHD,
              "with a footer at its start that is of type %d".formatted(start.type));
    };
  }

  /** Some read the one, some the other. */
  private static @Nullable String differs(Footer start, @Nullable Footer end) {
    return end == null || end.equals(start)
        ? null
        : "whose footer at the end is not the one at the start";
  }

  /** A disk of fixed size has only the footer, behind all of its sectors; null if there is none. */
  static @Nullable Recognition fixed(Tail tail) {
    Footer footer = atEnd(tail);
    if (footer == null) {
      return null;
    }
    return switch (footer.type) {
      case FIXED -> Recognition.of(DiskFormat.VHD, footer.currentSize);
      case DIFFERENCING -> Recognition.dangerous(DiskFormat.VHD, PARENT);
      default ->
          Recognition.dangerous(
              DiskFormat.VHD, "with a footer at its end only that is of type " + footer.type);
    };
  }

  private static @Nullable Footer atEnd(Tail tail) {
    if (!tail.has(LENGTH)) {
      return null;
    }
    byte[] last = tail.last(LENGTH);
    return Fields.has(last, 0, COOKIE) ? Footer.of(last) : null;
  }
}
