package dev.vitrine.decompression;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** How data may be compressed; each is told by the bytes that it begins with. */
enum Compression {
  /** RFC 1952; one method of compression is defined. */
  GZIP("gzip", "1f8b08") {
    @Override
    InputStream decode(InputStream packed) {
      return new GzipStream(packed);
    }
  },
  /** The .xz file format 1.2. */
  XZ("xz", "fd377a585a00") {
    @Override
    InputStream decode(InputStream packed) throws IOException {
      return new XZInputStream(packed, XZ_MEMORY_KIB);
    }
  },
  /** RFC 8878. */
  ZSTD("zstd", "28b52ffd") {
    @Override
    InputStream decode(InputStream packed) throws IOException {
      return new ZstdInputStreamNoFinalizer(packed).setLongMax(ZSTD_WINDOW_LOG);
    }
  };

  /** Bytes that are enough to tell. */
  static final int MAGIC_LENGTH = 6;

  /** What {@code xz -9} takes, and a little; a dictionary is in the heap. */
  private static final int XZ_MEMORY_KIB = 66 << 10;

  /** 128 MiB, as much as the format's own program takes without being asked. */
  private static final int ZSTD_WINDOW_LOG = 27;

  private final String word;
  private final String magic;

  /**
   * @param magic in hexadecimal
   */
  Compression(String word, String magic) {
    this.word = word;
    this.magic = magic;
  }

  /** As people call it. */
  String word() {
    return word;
  }

  /** What the data is compressed with; null for nothing that is known. */
  static @Nullable Compression of(byte[] beginning, int length) {
    String digits = HexFormat.of().formatHex(beginning, 0, length);
    for (Compression each : values()) {
      if (digits.startsWith(each.magic)) {
        return each;
      }
    }
    return null;
  }

  /**
   * What was compressed, however many parts it was compressed in. Fails with an {@link IOException}
   * where the data is damaged, ends early, goes on behind its end, or needs too much memory.
   */
  abstract InputStream decode(InputStream packed) throws IOException;
}
