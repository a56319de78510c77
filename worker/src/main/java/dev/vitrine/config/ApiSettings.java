package dev.vitrine.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API.
 *
 * @param listenAddress a host name or address of this machine
 * @param port 0 for any that is free
 * @param publicEndpoint a URL; null for what clients' {@code Host} headers say
 * @param tlsCertificateFile PEM; null for plain HTTP
 * @param tlsKeyFile PEM, PKCS #8; null for plain HTTP
 * @param maxRequestHeaderSize bytes
 * @param maxJsonBodySize bytes
 * @param maxConnections at once
 * @param maxThreads at once
 * @param idleTimeout how long a connection may give or take nothing
 * @param concurrentUploads streams at once, per process
 * @param scrubTime how long a deleted image's data is kept; zero to remove it at once
 * @param showLocations whether images show and take locations in PATCH
 * @param tasksForMembers whether more than admins may use the tasks API
 * @param cancelTasks whether DELETE of a task cancels it
 */
public record ApiSettings(
    String listenAddress,
    int port,
    @Nullable String publicEndpoint,
    @Nullable Path tlsCertificateFile,
    @Nullable Path tlsKeyFile,
    int maxRequestHeaderSize,
    int maxJsonBodySize,
    int maxConnections,
    int maxThreads,
    Duration idleTimeout,
    int concurrentUploads,
    Duration scrubTime,
    boolean showLocations,
    boolean tasksForMembers,
    boolean cancelTasks) {

  private static final int MOST = 100_000;
  private static final int LARGEST_BUFFER = 64 * 1024 * 1024;

  static ApiSettings read(SettingsReader in) {
    Path certificate = in.fileOrNull("api.tls-certificate-file");
    Path key = in.fileOrNull("api.tls-key-file");
    if ((certificate == null) != (key == null)) {
      throw in.wrong(
          certificate == null ? "api.tls-certificate-file" : "api.tls-key-file",
          "",
          "a file, because the other of the two is given");
    }
    return new ApiSettings(
        in.text("api.listen-address"),
        in.number("api.port", 0, 65_535),
        in.endpointOrNull("api.public-endpoint"),
        certificate,
        key,
        in.bytes("api.max-request-header-size", LARGEST_BUFFER),
        in.bytes("api.max-json-body-size", LARGEST_BUFFER),
        in.number("api.max-connections", 1, MOST),
        in.number("api.max-threads", 16, MOST),
        in.duration("api.idle-timeout", Duration.ofMillis(1)),
        in.number("api.concurrent-uploads", 1, MOST),
        in.duration("api.scrub-time", Duration.ZERO),
        in.flag("api.show-locations"),
        in.flag("api.tasks-for-members"),
        in.flag("api.cancel-tasks"));
  }
}
