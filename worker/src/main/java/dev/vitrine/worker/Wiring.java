package dev.vitrine.worker;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.TaskAccess;
import dev.vitrine.config.ApiSettings;
import dev.vitrine.config.LimitsSettings;
import dev.vitrine.config.RegistrySettings;
import dev.vitrine.config.Secret;
import dev.vitrine.config.Settings;
import dev.vitrine.config.TransferSettings;
import dev.vitrine.http.HttpLimits;
import dev.vitrine.http.TlsFiles;
import dev.vitrine.registry.GuardedImages;
import dev.vitrine.registry.GuardedTasks;
import dev.vitrine.registry.Limits;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.RegistryConfig;
import dev.vitrine.store.FilesystemStore;
import dev.vitrine.store.Store;
import dev.vitrine.store.Stores;
import dev.vitrine.transfer.TransferConfig;
import dev.vitrine.transfer.TransferConfig.Tuning;
import dev.vitrine.web.WebAccess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each part is told, out of the settings. */
final class Wiring {

  private Wiring() {}

  /** Whether the parts would accept what they are told; touches nothing. */
  static void check(Settings settings) {
    registry(settings);
    transfer(settings.transfer());
  }

  static RegistryConfig registry(Settings settings) {
    RegistrySettings registry = settings.registry();
    LimitsSettings limits = settings.limits();
    Secret password = registry.password();
    return new RegistryConfig(
        registry.url(),
        registry.user(),
        password == null ? null : password.reveal(),
        registry.poolSize(),
        registry.taskTimeToLive(),
        registry.imageRetention(),
        RegistryConfig.DEFAULT_KEY_TIME_TO_LIVE,
        new Limits(
            limits.imageProperties(),
            limits.imageTags(),
            limits.imageMembers(),
            limits.imageLocations(),
            limits.projectImages(),
            limits.projectBytes()));
  }

  static GuardedImages images(Registry registry, Settings settings) {
    return new GuardedImages(registry, new ImageAccess(settings.permissions()));
  }

  static GuardedTasks tasks(Registry registry, Settings settings) {
    return new GuardedTasks(registry, new TaskAccess(settings.permissions()));
  }

  static TransferConfig transfer(TransferSettings settings) {
    return new TransferConfig(
        settings.sourceRoots(),
        settings.exportRoots(),
        settings.maxImageSize(),
        settings.sourceReadTimeout(),
        settings.maxAttemptsWithoutProgress(),
        settings.sourceConnectTimeout(),
        WebAccess.of(settings.web()),
        Tuning.defaults()
            .heartbeating(settings.heartbeatInterval(), settings.heartbeatsPerSecond()));
  }

  static HttpLimits http(ApiSettings settings) {
    URI endpoint = settings.publicEndpoint();
    return new HttpLimits(
        endpoint == null ? null : endpoint.toString(),
        settings.maxRequestHeaderSize(),
        settings.maxJsonBodySize(),
        settings.maxConnections(),
        settings.maxThreads(),
        settings.idleTimeout(),
        settings.accessLog());
  }

  static @Nullable TlsFiles tls(ApiSettings settings) {
    Path certificate = settings.tlsCertificateFile();
    Path key = settings.tlsKeyFile();
    return certificate == null || key == null ? null : new TlsFiles(certificate, key);
  }

  /** Makes the directories that are missing. */
  static Stores stores(Settings settings) {
    List<Store> stores =
        settings.stores().stores().stream()
            .<Store>map(store -> new FilesystemStore(store.name(), store.path()))
            .toList();
    return new Stores(stores);
  }
}
