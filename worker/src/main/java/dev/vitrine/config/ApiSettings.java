package dev.vitrine.config;

import dev.vitrine.error.VitrineException.Invalid;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * @param accessLog whether each request is logged
 * @param concurrentUploads streams at once, per process
 * @param scrubTime how long a deleted image's data is kept; zero to remove it at once
 * @param showLocations whether images show and take locations in PATCH
 * @param tasksForMembers whether more than admins may use the tasks API
 * @param cancelTasks whether DELETE of a task cancels it
 */
public record ApiSettings(
    String listenAddress,
    int port,
    @Nullable URI publicEndpoint,
    @Nullable Path tlsCertificateFile,
    @Nullable Path tlsKeyFile,
    int maxRequestHeaderSize,
    int maxJsonBodySize,
    int maxConnections,
    int maxThreads,
    Duration idleTimeout,
    boolean accessLog,
    int concurrentUploads,
    Duration scrubTime,
    boolean showLocations,
    boolean tasksForMembers,
    boolean cancelTasks) {

  private static final int MOST = 100_000;
  private static final int LARGEST_BUFFER = 64 * 1024 * 1024;

  /**
   * Where it listens, or might: a name can stand for several addresses.
   *
   * @throws Invalid if the host name is unknown here
   */
  List<InetAddress> listening() {
    try {
      return List.of(InetAddress.getAllByName(listenAddress));
    } catch (UnknownHostException e) {
      throw new Invalid(
          "api.listen-address is '%s': give an address of this machine, or a name that it knows"
              .formatted(listenAddress));
    }
  }

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
        in.webUrlOrNull("api.public-endpoint"),
        certificate,
        key,
        in.bytes("api.max-request-header-size", LARGEST_BUFFER),
        in.bytes("api.max-json-body-size", LARGEST_BUFFER),
        in.number("api.max-connections", 1, MOST),
        in.number("api.max-threads", 16, MOST),
        in.duration("api.idle-timeout", Duration.ofMillis(1)),
        in.flag("api.access-log"),
        in.number("api.concurrent-uploads", 1, MOST),
        in.duration("api.scrub-time", Duration.ZERO),
        in.flag("api.show-locations"),
        in.flag("api.tasks-for-members"),
        in.flag("api.cancel-tasks"));
  }
}
