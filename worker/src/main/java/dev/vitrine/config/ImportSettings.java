package dev.vitrine.config;

import dev.vitrine.image.ImportMethod;
import java.time.Duration;
import java.util.List;

/**
 * Imports into images.
 *
 * @param methods the ways to import; none for no imports at all
 * @param stagingTime how long staged data waits for its import
 * @param decompression whether what is compressed is decompressed as it comes in
 * @param maxDecompressionRatio how many times as large that may make it, at least 1
 */
public record ImportSettings(
    List<ImportMethod> methods,
    Duration stagingTime,
    boolean decompression,
    int maxDecompressionRatio) {

  private static final int MOST_TIMES = 1_000_000;

  /** Those that this release carries out. */
  private static final List<ImportMethod> KNOWN =
      List.of(ImportMethod.GLANCE_DIRECT, ImportMethod.WEB_DOWNLOAD, ImportMethod.COPY_IMAGE);

  public ImportSettings {
    methods = List.copyOf(methods);
  }

  static ImportSettings read(SettingsReader in) {
    String key = "imports.methods";
    String accepted =
        "some of " + String.join(", ", KNOWN.stream().map(ImportMethod::wireName).toList());
    return new ImportSettings(
        in.texts(key, accepted).stream()
            .map(
                name ->
                    ImportMethod.find(name)
                        .filter(KNOWN::contains)
                        .orElseThrow(() -> in.wrong(key, name, accepted)))
            .distinct()
            .sorted()
            .toList(),
        in.duration("imports.staging-time", Duration.ofSeconds(1)),
        in.flag("imports.decompression"),
        in.number("imports.max-decompression-ratio", 1, MOST_TIMES));
  }
}
