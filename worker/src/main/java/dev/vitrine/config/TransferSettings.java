package dev.vitrine.config;

import dev.vitrine.web.WebRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moving of data.
 *
 * @param sourceRoots directories that file sources may be read from
 * @param exportRoots directories that exports may be written to
 * @param exportBuckets buckets that exports may be written to
 * @param maxImageSize in bytes, at least 1
 * @param sourceConnectTimeout how long the connection to a web source may take
 * @param sourceReadTimeout how long a source may give nothing
 * @param maxAttemptsWithoutProgress attempts in a row that end a transfer, at least 1
 * @param smallSize bytes up to which data is transferred within a workflow task; 0 for none
 * @param inspectFormats whether data that comes in has to be of its declared disk format
 * @param concurrentTransfers at once per process, at least 1
 * @param heartbeatTimeout how long a transfer's process may be silent before it is taken for dead
 * @param heartbeatInterval between two heartbeats of one transfer, at least
 * @param heartbeatsPerSecond of all transfers of a process together, about; at least 1
 * @param web which web sources may be read
 * @param sourceKeyFile the file of a key for query strings of sources; null for none
 * @param signatureCertificates the directory of certificates that signed data is verified by; null
 *     for no verification
 */
public record TransferSettings(
    List<Path> sourceRoots,
    List<Path> exportRoots,
    List<S3StoreSettings> exportBuckets,
    long maxImageSize,
    Duration sourceConnectTimeout,
    Duration sourceReadTimeout,
    int maxAttemptsWithoutProgress,
    long smallSize,
    boolean inspectFormats,
    int concurrentTransfers,
    Duration heartbeatTimeout,
    Duration heartbeatInterval,
    int heartbeatsPerSecond,
    WebRules web,
    @Nullable Path sourceKeyFile,
    @Nullable Path signatureCertificates) {

  private static final int MOST_ATTEMPTS = 1000;
  private static final int MOST_TRANSFERS = 1000;

  /** What a garbage collection or a busy disk may take does not look like death. */
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(4);

  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

  private static final int MOST_HEARTBEATS = 10_000;

  public TransferSettings {
    sourceRoots = List.copyOf(sourceRoots);
    exportRoots = List.copyOf(exportRoots);
    exportBuckets = List.copyOf(exportBuckets);
  }

  static TransferSettings read(SettingsReader in) {
    Duration heartbeatTimeout =
        in.duration("transfer.heartbeat-timeout", SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    return new TransferSettings(
        in.paths("transfer.source-roots"),
        in.paths("transfer.export-roots"),
        new StoresReader(in).buckets("transfer.export-buckets"),
        in.size("transfer.max-image-size"),
        in.duration("transfer.source-connect-timeout", Duration.ofMillis(1)),
        in.duration("transfer.source-read-timeout", Duration.ofMillis(1)),
        in.number("transfer.max-attempts-without-progress", 1, MOST_ATTEMPTS),
        in.sizeOrZero("transfer.small-size"),
        in.flag("transfer.inspect-formats"),
        in.number("transfer.concurrent-transfers", 1, MOST_TRANSFERS),
        heartbeatTimeout,
        in.duration(
            "transfer.heartbeat-interval", Duration.ofMillis(100), heartbeatTimeout.dividedBy(2)),
        in.number("transfer.heartbeats-per-second", 1, MOST_HEARTBEATS),
        new WebRulesReader(in).read(),
        in.fileOrNull("web-sources.key-file"),
        in.fileOrNull("transfer.signature-certificates"));
  }
}
