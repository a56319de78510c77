package dev.vitrine.decompression;

import dev.vitrine.source.OpenSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sources that may be compressed, opened as what was compressed. Safe for use by many threads. */
public record Decompression(DecompressionConfig config) {

  /**
   * In place of a source's own: of what is decompressed, nothing can be read from the middle. No
   * server gives out such an entity tag.
   */
  private static final String VALIDATOR = "\"decompressed\"";

  /** Whether it is that of data that was decompressed. */
  public static boolean isOfDecompressed(@Nullable String validator) {
    return VALIDATOR.equals(validator);
  }

  /**
   * Looks at the beginning of a source that was opened at its start.
   *
   * @return the same data if it is not compressed; else what it was before that, of unknown size
   * @throws IOException if it can't be read
   */
  public OpenSource decompressed(OpenSource source) throws IOException {
    PackedStream packed = new PackedStream(source, Compression.MAGIC_LENGTH);
    Compression compression = packed.compression();
    String display = source.display();
    return compression == null
        ? new OpenSource(display, packed, 0, source.size(), source.validator(), source.replayable())
        : new OpenSource(
            "%s, decompressed by %s".formatted(display, compression.word()),
            new DecompressedStream(display, compression, config, packed),
            0,
            null,
            VALIDATOR,
            source.replayable());
  }
}
