package dev.vitrine.decompression;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Data, compressed. */
public final class Packed {

  private Packed() {}

  /** By {@code gzip}, {@code xz} or {@code zstd}. */
  public static byte[] by(String compression, byte[] data) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case "gzip" -> new GZIPOutputStream(packed);
          case "xz" -> new XZOutputStream(packed, new LZMA2Options(0));
          case "zstd" -> new ZstdOutputStream(packed).setChecksum(true);
          default -> throw new IllegalArgumentException(compression);
        }) {
      out.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
