package dev.vitrine.transfer;

import dev.vitrine.conversion.Conversion;
import dev.vitrine.decompression.Decompression;
import dev.vitrine.signature.TrustStore;
import dev.vitrine.source.SourceConfig;
import dev.vitrine.store.s3.S3StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How transfers are done.
 *
 * @param sources which may be read, and how
 * @param exportRoots directories below which exports may be written; none by default
 * @param exportBuckets buckets below whose prefixes exports may be written; none by default
 * @param maxImageSize bytes; no image may have more
 * @param maxAttemptsWithoutProgress after so many attempts in a row that made nothing more durable,
 *     a transfer fails for good
 * @param inspectFormats whether data that comes in has to be of its declared disk format
 * @param decompression of what is fetched or staged; null for none
 * @param conversion of disks that are imported; null for none
 * @param signatures by whose certificates data that is signed is verified; null for no verification
 * @param tuning what an operator has no reason to change
 */
public record TransferConfig(
    SourceConfig sources,
    List<Path> exportRoots,
    List<S3StoreConfig> exportBuckets,
    long maxImageSize,
    int maxAttemptsWithoutProgress,
    boolean inspectFormats,
    @Nullable Decompression decompression,
    @Nullable Conversion conversion,
    @Nullable TrustStore signatures,
    Tuning tuning) {

  /**
   * The measures of the data path.
   *
   * @param bufferSize bytes of one buffer
   * @param buffers how many of them one transfer has; its memory is the product
   * @param syncBytes written data is made durable after so many bytes
   * @param syncInterval or after so long
   * @param tick how often a transfer is looked after: for a stall, a stop, a heartbeat that is due
   * @param heartbeat how often a transfer heartbeats at most; the SDK's own throttle must not be
   *     slower
   * @param heartbeatsPerSecond of all transfers of the process together, about
   * @param takeOver how long a transfer goes on whose attempt the server has written off, waiting
   *     for the next attempt to take it over; held streams wait until they are released
   * @param progressInterval how often a task's progress is noted in the registry, at most
   * @param storePatience how long a store may take for one step of an import's pass, until that
   *     goes on without it; longer than a client of a store takes to give a request up
   * @param parallelDigests whether each digest has a thread of its own
   */
  public record Tuning(
      int bufferSize,
      int buffers,
      long syncBytes,
      Duration syncInterval,
      Duration tick,
      Duration heartbeat,
      int heartbeatsPerSecond,
      Duration takeOver,
      Duration progressInterval,
      Duration storePatience,
      boolean parallelDigests) {

    public Tuning {
      if (bufferSize < 1 || buffers < 2 || syncBytes < 1 || heartbeatsPerSecond < 1) {
        throw new IllegalArgumentException(
            "%d buffers of %d bytes, sync after %d, %d heartbeats: give at least 2, 1, 1 and 1"
                .formatted(buffers, bufferSize, syncBytes, heartbeatsPerSecond));
      }
    }

    /** The same with other heartbeats. */
    public Tuning heartbeating(Duration every, int perSecond) {
      return new Tuning(
          bufferSize,
          buffers,
          syncBytes,
          syncInterval,
          every.compareTo(tick) < 0 ? every : tick,
          every,
          perSecond,
          takeOver,
          progressInterval,
          storePatience,
          parallelDigests);
    }

    /**
     * For this machine: digests have threads of their own where there is a core for them. The
     * buffers of one transfer take 2 MiB together; how they are cut made no difference that stood
     * out of the noise.
     */
    public static Tuning defaults() {
      return new Tuning(
          128 << 10,
          16,
          64L << 20,
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          10,
          Duration.ofSeconds(15),
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          Runtime.getRuntime().availableProcessors() > 1);
    }
  }

  public TransferConfig {
    exportRoots = List.copyOf(exportRoots);
    exportBuckets = List.copyOf(exportBuckets);
    if (maxImageSize < 0 || maxAttemptsWithoutProgress < 1) {
      throw new IllegalArgumentException(
          "max image size %d, max attempts without progress %d: give at least 0 and 1"
              .formatted(maxImageSize, maxAttemptsWithoutProgress));
    }
  }

  /**
   * No roots, 1 TiB, 8 attempts without progress, inspection, no decompression, the tuning for this
   * machine.
   */
  public static TransferConfig defaults() {
    return new TransferConfig(
        SourceConfig.defaults(),
        List.of(),
        List.of(),
        1L << 40,
        8,
        true,
        null,
        null,
        null,
        Tuning.defaults());
  }

  /** The same for data that is an image already, and was allowed to be when it came in. */
  TransferConfig withoutSizeLimit() {
    return new TransferConfig(
        sources,
        exportRoots,
        exportBuckets,
        Long.MAX_VALUE,
        maxAttemptsWithoutProgress,
        inspectFormats,
        decompression,
        conversion,
        signatures,
        tuning);
  }
}
