package dev.vitrine.worker;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.TaskAccess;
import dev.vitrine.config.ApiSettings;
import dev.vitrine.config.AuthSettings;
import dev.vitrine.config.ConversionSettings;
import dev.vitrine.config.CorsSettings;
import dev.vitrine.config.FileStoreSettings;
import dev.vitrine.config.HttpStoreSettings;
import dev.vitrine.config.ImportSettings;
import dev.vitrine.config.LimitsSettings;
import dev.vitrine.config.RegistrySettings;
import dev.vitrine.config.RequestSettings;
import dev.vitrine.config.S3StoreSettings;
import dev.vitrine.config.Secret;
import dev.vitrine.config.Settings;
import dev.vitrine.config.StoreSettings;
import dev.vitrine.config.TransferSettings;
import dev.vitrine.config.UploadSettings;
import dev.vitrine.config.WebhookSettings;
import dev.vitrine.conversion.Conversion;
import dev.vitrine.conversion.ConversionConfig;
import dev.vitrine.database.DatabaseConfig;
import dev.vitrine.decompression.Decompression;
import dev.vitrine.decompression.DecompressionConfig;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.guard.GuardedTasks;
import dev.vitrine.http.AllowedHosts;
import dev.vitrine.http.CorsPolicy;
import dev.vitrine.http.HttpLimits;
import dev.vitrine.http.InboundRules;
import dev.vitrine.http.LeastRate;
import dev.vitrine.http.TlsFiles;
import dev.vitrine.process.SourceKey;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Limits;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.signature.TrustStore;
import dev.vitrine.source.SourceConfig;
import dev.vitrine.store.ReadOnlyStore;
import dev.vitrine.store.Store;
import dev.vitrine.store.Stores;
import dev.vitrine.store.file.DirectoriesStore;
import dev.vitrine.store.file.FilesystemStore;
import dev.vitrine.store.file.StoreDirectory;
import dev.vitrine.store.s3.S3Store;
import dev.vitrine.store.s3.S3StoreConfig;
import dev.vitrine.transfer.TransferConfig;
import dev.vitrine.transfer.TransferConfig.Tuning;
import dev.vitrine.web.AddressRange;
import dev.vitrine.web.WebAccess;
import dev.vitrine.web.WebRules;
import dev.vitrine.webhook.Endpoint;
import dev.vitrine.webhook.WebhookConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each part is told, out of the settings. */
final class Wiring {

  /** Long enough that no pause of a good line counts. */
  private static final Duration BODY_WINDOW = Duration.ofSeconds(30);

  private Wiring() {}

  /** Whether the parts would accept what they are told; touches nothing. */
  static void check(Settings settings) {
    registry(settings);
    transfer(settings);
  }

  static RegistryConfig registry(Settings settings) {
    RegistrySettings registry = settings.registry();
    LimitsSettings limits = settings.limits();
    Secret password = registry.password();
    return new RegistryConfig(
        new DatabaseConfig(
            registry.url(),
            registry.user(),
            password == null ? null : password.reveal(),
            registry.poolSize(),
            registry.slowTransaction()),
        registry.taskTimeToLive(),
        registry.imageRetention(),
        RegistryConfig.DEFAULT_KEY_TIME_TO_LIVE,
        settings.imports().stagingTime(),
        settings.webhooks().retention(),
        new Limits(
            limits.imageProperties(),
            limits.imageTags(),
            limits.imageMembers(),
            limits.imageLocations(),
            limits.imageMetadata(),
            limits.imageProperty(),
            limits.projectImages(),
            limits.projectBytes(),
            limits.projectTasks()));
  }

  static GuardedImages images(Registry registry, Settings settings) {
    return new GuardedImages(registry, new ImageAccess(settings.permissions()));
  }

  static GuardedTasks tasks(Registry registry, Settings settings) {
    return new GuardedTasks(registry.tasks(), new TaskAccess(settings.permissions()));
  }

  static TransferConfig transfer(Settings all) {
    TransferSettings settings = all.transfer();
    return new TransferConfig(
        sources(all),
        settings.exportRoots(),
        settings.exportBuckets().stream().map(Wiring::bucket).toList(),
        settings.maxImageSize(),
        settings.maxAttemptsWithoutProgress(),
        settings.inspectFormats(),
        decompression(all),
        conversion(all),
        signatures(settings),
        Tuning.defaults()
            .heartbeating(settings.heartbeatInterval(), settings.heartbeatsPerSecond()));
  }

  private static @Nullable TrustStore signatures(TransferSettings settings) {
    Path directory = settings.signatureCertificates();
    return directory == null ? null : new TrustStore(directory, Clock.systemUTC());
  }

  private static @Nullable Conversion conversion(Settings all) {
    ConversionSettings settings = all.imports().conversion();
    return settings == null
        ? null
        : new Conversion(
            new ConversionConfig(
                settings.format(),
                settings.qemuImg(),
                settings.directory(),
                settings.memory(),
                settings.time(),
                all.transfer().maxImageSize(),
                settings.isolated()));
  }

  private static @Nullable Decompression decompression(Settings all) {
    ImportSettings settings = all.imports();
    return settings.decompression()
        ? new Decompression(
            DecompressionConfig.of(settings.maxDecompressionRatio(), all.transfer().maxImageSize()))
        : null;
  }

  static SourceConfig sources(Settings all) {
    TransferSettings settings = all.transfer();
    return new SourceConfig(
        settings.sourceRoots(),
        settings.sourceConnectTimeout(),
        settings.sourceReadTimeout(),
        WebAccess.of(settings.web()),
        sourceKey(settings),
        all.imports().regions());
  }

  /** Requests go to the endpoints' own hosts, at whatever port they name. */
  static WebhookConfig webhooks(WebhookSettings settings) {
    WebRules rules =
        new WebRules(
            Set.of("http", "https"),
            settings.endpoints().stream().map(target -> target.url().getHost()).toList(),
            List.of(),
            Set.of(),
            Set.of(),
            settings.addresses(),
            List.of());
    return new WebhookConfig(
        settings.endpoints().stream()
            .map(target -> new Endpoint(target.name(), target.url(), target.secretFile()))
            .toList(),
        WebAccess.of(rules),
        settings.timeout(),
        settings.giveUpAfter());
  }

  static @Nullable SourceKey sourceKey(TransferSettings settings) {
    Path file = settings.sourceKeyFile();
    return file == null ? null : SourceKey.read(file);
  }

  static HttpLimits http(ApiSettings settings) {
    RequestSettings requests = settings.requests();
    UploadSettings uploads = settings.uploads();
    return new HttpLimits(
        requests.maxHeaderSize(),
        requests.maxJsonBodySize(),
        requests.bodyMemory(),
        requests.maxConnections(),
        requests.maxThreads(),
        requests.headerTimeout(),
        requests.idleTimeout(),
        uploads.idleTimeout(),
        new LeastRate(requests.leastBodyRate(), BODY_WINDOW),
        new LeastRate(uploads.leastRate(), uploads.rateWindow()));
  }

  static InboundRules door(Settings settings) {
    ApiSettings api = settings.api();
    URI endpoint = api.publicEndpoint();
    CorsSettings cors = api.cors();
    return new InboundRules(
        endpoint == null ? null : endpoint.toString(),
        peer -> AddressRange.trusts(api.trustedProxies(), peer),
        settings.auth() instanceof AuthSettings.None none ? neighbours(none, endpoint) : null,
        cors.allowedOrigins().isEmpty()
            ? null
            : new CorsPolicy(
                cors.allowedOrigins(),
                cors.allowedMethods(),
                cors.allowedHeaders(),
                cors.exposedHeaders(),
                cors.maxAge(),
                cors.allowCredentials()));
  }

  private static AllowedHosts neighbours(AuthSettings.None none, @Nullable URI endpoint) {
    Set<String> names = new HashSet<>(none.hosts());
    if (endpoint != null) {
      names.add(endpoint.getHost());
    }
    return new AllowedHosts(names);
  }

  static @Nullable TlsFiles tls(ApiSettings settings) {
    Path certificate = settings.tlsCertificateFile();
    Path key = settings.tlsKeyFile();
    return certificate == null || key == null ? null : new TlsFiles(certificate, key);
  }

  /** Makes the directories that are missing, and asks for the buckets. */
  static Stores stores(Settings settings, Metering metering) {
    List<StoreSettings> stores = settings.stores().stores();
    return new Stores(
        stores.stream()
            .filter(store -> !(store instanceof HttpStoreSettings))
            .map(Wiring::store)
            .map(metering::measured)
            .toList(),
        stores.stream().collect(Collectors.toMap(StoreSettings::name, StoreSettings::weight)));
  }

  /** What speaks to S3 is loaded for a store in S3 alone. */
  private static Store store(StoreSettings settings) {
    if (settings instanceof S3StoreSettings s3) {
      S3Store store = new S3Store(bucket(s3));
      store.requireBucket();
      return settings.readOnly() ? new ReadOnlyStore(store) : store;
    }
    return store((FileStoreSettings) settings);
  }

  private static Store store(FileStoreSettings settings) {
    if (settings.directories().size() == 1) {
      Path path = settings.directories().get(0).path();
      return settings.readOnly()
          ? FilesystemStore.readOnly(settings.name(), path)
          : new FilesystemStore(settings.name(), path);
    }
    List<StoreDirectory> directories =
        settings.directories().stream()
            .map(each -> new StoreDirectory(each.path(), each.priority()))
            .toList();
    return settings.readOnly()
        ? DirectoriesStore.readOnly(settings.name(), directories)
        : new DirectoriesStore(settings.name(), directories);
  }

  private static S3StoreConfig bucket(S3StoreSettings s3) {
    return new S3StoreConfig(
        s3.name(),
        s3.bucket(),
        s3.prefix(),
        s3.region(),
        s3.endpoint(),
        s3.pathStyle(),
        s3.partSize(),
        s3.profile());
  }
}
