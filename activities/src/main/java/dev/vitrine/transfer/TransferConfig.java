package dev.vitrine.transfer;

import dev.vitrine.process.SourceKey;
import dev.vitrine.web.WebAccess;
import dev.vitrine.web.WebRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How transfers are done.
 *
 * @param sourceRoots directories below which {@code file} URLs may be read; none by default
 * @param exportRoots directories below which exports may be written; none by default
 * @param maxImageSize bytes; no image may have more
 * @param sourceReadTimeout how long a source may send nothing before the attempt is given up
 * @param maxAttemptsWithoutProgress after so many attempts in a row that made nothing more durable,
 *     a transfer fails for good
 * @param connectTimeout for the connection to a web source
 * @param web which web sources may be read, and how they are reached
 * @param sourceKey opens query strings that came sealed with a workflow; null if only those that
 *     the registry keeps are opened
 * @param tuning what an operator has no reason to change
 */
public record TransferConfig(
    List<Path> sourceRoots,
    List<Path> exportRoots,
    long maxImageSize,
    Duration sourceReadTimeout,
    int maxAttemptsWithoutProgress,
    Duration connectTimeout,
    WebAccess web,
    @Nullable SourceKey sourceKey,
    Tuning tuning) {

  /**
   * The measures of the data path.
   *
   * @param bufferSize bytes of one buffer
   * @param buffers how many of them one transfer has; its memory is the product
   * @param syncBytes written data is made durable after so many bytes
   * @param syncInterval or after so long
   * @param pulse how often it is looked after: for a stall, a stop, a heartbeat that is due
   * @param heartbeat how often a transfer heartbeats at most; the SDK's own throttle must not be
   *     slower
   * @param heartbeatsPerSecond of all transfers of the process together, about
   * @param takeOver how long a transfer goes on whose attempt the server has written off, waiting
   *     for the next attempt to take it over; held streams wait until they are released
   * @param progressInterval how often a task's progress is noted in the registry, at most
   * @param parallelDigests whether each digest has a thread of its own
   */
  public record Tuning(
      int bufferSize,
      int buffers,
      long syncBytes,
      Duration syncInterval,
      Duration pulse,
      Duration heartbeat,
      int heartbeatsPerSecond,
      Duration takeOver,
      Duration progressInterval,
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
          every.compareTo(pulse) < 0 ? every : pulse,
          every,
          perSecond,
          takeOver,
          progressInterval,
          parallelDigests);
    }

    /**
     * For this machine: digests have threads of their own where there is a core for them. Larger
     * buffers cost the garbage collector up to twice their size and save nothing.
     */
    public static Tuning defaults() {
      return new Tuning(
          256 << 10,
          8,
          64L << 20,
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          10,
          Duration.ofSeconds(15),
          Duration.ofSeconds(2),
          Runtime.getRuntime().availableProcessors() > 1);
    }
  }

  public TransferConfig {
    sourceRoots = List.copyOf(sourceRoots);
    exportRoots = List.copyOf(exportRoots);
    if (maxImageSize < 0 || maxAttemptsWithoutProgress < 1) {
      throw new IllegalArgumentException(
          "max image size %d, max attempts without progress %d: give at least 0 and 1"
              .formatted(maxImageSize, maxAttemptsWithoutProgress));
    }
  }

  /** With public web sources, 10 s to connect and the tuning for this machine. */
  public TransferConfig(
      List<Path> sourceRoots,
      List<Path> exportRoots,
      long maxImageSize,
      Duration sourceReadTimeout,
      int maxAttemptsWithoutProgress) {
    this(
        sourceRoots,
        exportRoots,
        maxImageSize,
        sourceReadTimeout,
        maxAttemptsWithoutProgress,
        Duration.ofSeconds(10),
        WebAccess.of(WebRules.defaults()),
        null,
        Tuning.defaults());
  }

  /** No roots, 1 TiB, 60 s without a byte, 8 attempts without progress. */
  public static TransferConfig defaults() {
    return new TransferConfig(List.of(), List.of(), 1L << 40, Duration.ofSeconds(60), 8);
  }

  /** The same for data that is an image already, and was allowed to be when it came in. */
  TransferConfig withoutSizeLimit() {
    return new TransferConfig(
        sourceRoots,
        exportRoots,
        Long.MAX_VALUE,
        sourceReadTimeout,
        maxAttemptsWithoutProgress,
        connectTimeout,
        web,
        sourceKey,
        tuning);
  }
}
