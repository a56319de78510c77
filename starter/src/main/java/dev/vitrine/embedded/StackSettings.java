package dev.vitrine.embedded;

import dev.vitrine.config.ApiSettings;
import dev.vitrine.config.AuthSettings;
import dev.vitrine.config.FileStoreSettings;
import dev.vitrine.config.ReconciliationSettings;
import dev.vitrine.config.RegistrySettings;
import dev.vitrine.config.Settings;
import dev.vitrine.config.StoresSettings;
import dev.vitrine.config.TransferSettings;
import dev.vitrine.config.WorkerRole;
import dev.vitrine.config.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The worker's settings for a stack whose data lies in one directory. */
public final class StackSettings {

  /** What is said of the web sources at start. */
  public static final String WEB_SOURCES =
      "also on this machine (loopback), which a worker refuses unless it is allowed to";

  private StackSettings() {}

  /**
   * The defaults, with everything below one directory, and web sources on this machine allowed, on
   * every port.
   *
   * @param sourceRoots directories that file sources may be read from
   */
  public static Settings in(Path data, List<Path> sourceRoots, Duration reconciliationInterval) {
    Settings defaults = Settings.defaults();
    RegistrySettings registry = defaults.registry();
    TransferSettings transfer = defaults.transfer();
    return new Settings(
        defaults.worker(),
        new RegistrySettings(
            "jdbc:sqlite:" + data.resolve("registry.db"),
            null,
            null,
            registry.poolSize(),
            registry.taskTimeToLive(),
            registry.imageRetention(),
            registry.slowTransaction()),
        new StoresSettings(List.of(new FileStoreSettings("main", store(data))), "main"),
        new TransferSettings(
            sourceRoots,
            List.of(exports(data)),
            transfer.exportBuckets(),
            transfer.maxImageSize(),
            transfer.sourceConnectTimeout(),
            transfer.sourceReadTimeout(),
            transfer.maxAttemptsWithoutProgress(),
            transfer.smallSize(),
            transfer.inspectFormats(),
            transfer.concurrentTransfers(),
            transfer.heartbeatTimeout(),
            transfer.heartbeatInterval(),
            transfer.heartbeatsPerSecond(),
            transfer.web().withLoopback(),
            sourceKey(data),
            transfer.signatureCertificates()),
        defaults.limits(),
        defaults.imports(),
        defaults.operations(),
        defaults.api(),
        defaults.auth(),
        new ReconciliationSettings(
            reconciliationInterval,
            defaults.reconciliation().stuckAfter(),
            defaults.reconciliation().sweep()),
        defaults.webhooks(),
        defaults.permissionChanges());
  }

  /**
   * The same with the API, for one user on this machine, who may do all there is to do.
   *
   * @param port on 127.0.0.1; 0 for any that is free
   * @param hosts names that it may be called by, besides those of loopback
   * @param origins of pages that may call it from a browser
   * @throws dev.vitrine.error.VitrineException.Invalid if one of them is no origin
   */
  public static Settings serving(
      Settings settings, int port, List<String> hosts, List<String> origins) {
    ApiSettings api = settings.api();
    if (!(settings.auth() instanceof AuthSettings.None none)) {
      throw new IllegalArgumentException("one user on this machine isn't asked for a name");
    }
    Set<WorkerRole> roles = EnumSet.of(WorkerRole.API);
    roles.addAll(settings.worker().roles());
    return new Settings(
        new WorkerSettings(
            roles, settings.worker().shutdownGrace(), settings.worker().registerSearchAttributes()),
        settings.registry(),
        settings.stores(),
        settings.transfer(),
        settings.limits(),
        settings.imports(),
        settings.operations(),
        new ApiSettings(
            "127.0.0.1",
            port,
            null,
            api.trustedProxies(),
            null,
            null,
            api.requests(),
            api.cors().withOrigins(origins),
            api.uploads(),
            api.downloads(),
            api.eventStreams(),
            api.eventStreamsPerCaller(),
            false,
            api.scrubTime(),
            api.showLocations(),
            api.hashLocations(),
            true,
            true,
            api.runWorkflows()),
        new AuthSettings.None(none.user(), none.project(), none.allowAnyoneFromNetwork(), hosts),
        settings.reconciliation(),
        settings.webhooks(),
        settings.permissionChanges());
  }

  /** The key for query strings of sources; to be made before a worker starts. */
  public static Path sourceKey(Path data) {
    return data.resolve("source.key");
  }

  /** The directory that data is kept in. */
  public static Path store(Path data) {
    return data.resolve("store");
  }

  /** Where exports may be written to. */
  public static Path exports(Path data) {
    return data.resolve("exports");
  }
}
