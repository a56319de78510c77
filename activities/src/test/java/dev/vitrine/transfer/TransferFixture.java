package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.conversion.Conversion;
import dev.vitrine.decompression.Decompression;
import dev.vitrine.error.VitrineException;
import dev.vitrine.guard.GuardedData;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.signature.TrustStore;
import dev.vitrine.source.FakeSourceQueries;
import dev.vitrine.source.HeldStreams;
import dev.vitrine.source.Regions;
import dev.vitrine.source.SourceConfig;
import dev.vitrine.source.SourceServer;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.Stores;
import dev.vitrine.store.file.FilesystemStore;
import dev.vitrine.store.s3.S3StoreConfig;
import dev.vitrine.transfer.TransferConfig.Tuning;
import dev.vitrine.web.HostResolver;
import dev.vitrine.web.WebAccess;
import dev.vitrine.web.WebRules;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store, a source, a registry and the activities over them. */
abstract class TransferFixture {

  static final Requester OWNER = Requester.member("ann", "owner");
  static final UUID TASK = UUID.randomUUID();

  @TempDir Path directory;

  final FakeRegistry registry = new FakeRegistry();
  HeldStreams streams = new HeldStreams();
  final FakeActivityAttempt activity = new FakeActivityAttempt();
  byte[] data = random(10_000, 1);
  FilesystemStore store;
  Location location;
  SourceServer server;
  TransferConfig config;

  List<S3StoreConfig> exportBuckets = List.of();
  Duration storePatience = Duration.ofMinutes(5);
  boolean inspectFormats = true;
  @Nullable Decompression decompression;
  @Nullable Conversion conversion;
  @Nullable TrustStore signatures;

  /** Between the tries to reach a web source. */
  List<Duration> pauses = List.of(Duration.ZERO, Duration.ZERO);

  TransferActivitiesImpl activities;

  @BeforeEach
  void makeFixture() throws IOException {
    store = new FilesystemStore("main", directory.resolve("store"));
    location = registry.location("main", LocationStatus.PENDING);
    server = new SourceServer(data);
    Files.createDirectories(directory.resolve("sources"));
    Files.createDirectories(directory.resolve("exports"));
    configure(100_000, Duration.ofSeconds(60), true);
  }

  @AfterEach
  void closeFixture() {
    server.close();
  }

  private long syncBytes = 1000;
  private Duration syncInterval = Duration.ofSeconds(2);

  final void syncEvery(long bytes, Duration interval) {
    syncBytes = bytes;
    syncInterval = interval;
    configure(100_000, Duration.ofSeconds(60), true);
  }

  final void configure(long maxImageSize, Duration readTimeout, boolean parallelDigests) {
    config =
        new TransferConfig(
            new SourceConfig(
                List.of(directory.resolve("sources")),
                Duration.ofSeconds(10),
                readTimeout,
                new WebAccess(WebRules.defaults().withLoopback(), HostResolver.SYSTEM, pauses),
                null,
                Regions.NONE),
            List.of(directory.resolve("exports")),
            exportBuckets,
            maxImageSize,
            3,
            inspectFormats,
            decompression,
            conversion,
            signatures,
            new Tuning(
                1000,
                4,
                syncBytes,
                syncInterval,
                Duration.ofMillis(5),
                Duration.ofMillis(5),
                1_000_000,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                storePatience,
                parallelDigests));
    activities = over(store);
  }

  /** Activities over other stores. */
  final TransferActivitiesImpl over(Store... stores) {
    return new TransferActivitiesImpl(
        registry.lookup(),
        registry.locations(),
        registry,
        new FakeSourceQueries(),
        new GuardedData(registry.lookup(), new ImageAccess(Permissions.DEFAULT)),
        new Stores(List.of(stores)),
        config,
        streams);
  }

  final TransferRequest request(Source source, ExpectedData expected) {
    return new TransferRequest(location.imageId(), source, location, expected, OWNER, TASK);
  }

  final ImageData transfer(Source source, ExpectedData expected) {
    return activities.transfer(request(source, expected), activity.next());
  }

  final ImageData transfer() {
    return transfer(new Source.Url(server.url()), ExpectedData.NONE);
  }

  /** What an attempt that died would have left: unfinished data, and a last heartbeat. */
  final void leaveUnfinished(
      byte[] from, int bytes, @Nullable Long total, @Nullable String validator) {
    try (StoreWriter writer = store.create(location.key())) {
      writer.write(ByteBuffer.wrap(from, 0, bytes));
      writer.sync();
    }
    activity.remember(new TransferHeartbeat("transfer", bytes, total, 0, 1, validator, 0));
  }

  /** Requires that it fails that way. */
  static ApplicationFailure failure(Class<? extends VitrineException> kind, Runnable call) {
    Throwable thrown = catchThrowable(call::run);
    assertThat(thrown).isInstanceOf(ApplicationFailure.class);
    ApplicationFailure failure = (ApplicationFailure) thrown;
    assertThat(failure.getType()).as(failure.getMessage()).isEqualTo(kind.getSimpleName());
    assertThat(failure.isNonRetryable()).isEqualTo(kind != VitrineException.Unavailable.class);
    return failure;
  }

  final void assertStored(byte[] expected) throws IOException {
    try (InputStream stream = store.open(location.key(), 0)) {
      assertThat(stream.readAllBytes()).isEqualTo(expected);
    }
  }

  final void assertNothingStored() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("store"))) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
