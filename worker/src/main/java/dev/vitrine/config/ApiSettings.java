package dev.vitrine.config;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.web.AddressRange;
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
 * @param trustedProxies where proxies call from that may say how they were called; if empty, from
 *     this machine
 * @param tlsCertificateFile PEM; null for plain HTTP
 * @param tlsKeyFile PEM, PKCS #8; null for plain HTTP
 * @param requests what requests may take
 * @param cors which pages of other origins may call
 * @param uploads how many at once, and how slowly
 * @param downloads how many at once
 * @param eventStreams at once, per process
 * @param eventStreamsPerCaller of one user
 * @param accessLog whether each request is logged
 * @param scrubTime how long a deleted image's data is kept; zero to remove it at once
 * @param showLocations whether images show and take locations in PATCH
 * @param hashLocations whether data that lies elsewhere is read once, for its digests
 * @param tasksForMembers whether more than admins may use the tasks API
 * @param cancelTasks whether DELETE of a task cancels it
 * @param runWorkflows whether a process with this role alone runs workflows, too
 */
public record ApiSettings(
    String listenAddress,
    int port,
    @Nullable URI publicEndpoint,
    List<AddressRange> trustedProxies,
    @Nullable Path tlsCertificateFile,
    @Nullable Path tlsKeyFile,
    RequestSettings requests,
    CorsSettings cors,
    UploadSettings uploads,
    DownloadSettings downloads,
    int eventStreams,
    int eventStreamsPerCaller,
    boolean accessLog,
    Duration scrubTime,
    boolean showLocations,
    boolean hashLocations,
    boolean tasksForMembers,
    boolean cancelTasks,
    boolean runWorkflows) {

  private static final int MOST = 100_000;

  public ApiSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

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
        in.ranges("auth.trusted-proxies"),
        certificate,
        key,
        RequestSettings.read(in),
        CorsSettings.read(in),
        UploadSettings.read(in),
        DownloadSettings.read(in),
        in.number("api.event-streams", 1, MOST),
        in.number("api.event-streams-per-caller", 1, MOST),
        in.flag("api.access-log"),
        in.duration("api.scrub-time", Duration.ZERO),
        in.flag("api.show-locations"),
        in.flag("api.hash-locations"),
        in.flag("api.tasks-for-members"),
        in.flag("api.cancel-tasks"),
        in.flag("api.run-workflows"));
  }
}
