package dev.vitrine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Role;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.source.Regions;
import dev.vitrine.web.WebRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest extends SettingsFixture {

  @Test
  void hasADefaultForEverySetting() {
    assertThat(Settings.defaults())
        .isEqualTo(
            new Settings(
                new WorkerSettings(
                    Set.of(WorkerRole.WORKFLOW, WorkerRole.TRANSFER),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    true,
                    null),
                new RegistrySettings(
                    "jdbc:sqlite:vitrine.db",
                    null,
                    null,
                    10,
                    Duration.ofDays(2),
                    Duration.ofDays(30),
                    Duration.ofSeconds(1)),
                new StoresSettings(
                    List.of(new FileStoreSettings("local", Path.of("vitrine-images"))), "local"),
                new TransferSettings(
                    List.of(),
                    List.of(),
                    List.of(),
                    1L << 40,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    8,
                    8 << 20,
                    true,
                    8,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    10,
                    WebRules.defaults(),
                    null,
                    null),
                new LimitsSettings(128, 128, 128, 10, 256 << 10, 64 << 10, 0, 0, 10_000),
                new ImportSettings(
                    List.of(
                        ImportMethod.GLANCE_DIRECT,
                        ImportMethod.WEB_DOWNLOAD,
                        ImportMethod.COPY_IMAGE),
                    Duration.ofHours(24),
                    false,
                    1000,
                    Map.of(),
                    Set.of(Role.ADMIN),
                    null,
                    new Regions(
                        Map.of(),
                        List.of("hw_", "trait:", "os_distro", "os_secure_boot", "os_type"))),
                new OperationsSettings("127.0.0.1", null, Traces.NONE),
                new ApiSettings(
                    "127.0.0.1",
                    9292,
                    null,
                    List.of(),
                    null,
                    null,
                    new RequestSettings(
                        16 << 10,
                        1 << 20,
                        64 << 20,
                        4096,
                        200,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        1 << 10),
                    new CorsSettings(
                        List.of(),
                        List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
                        List.of(
                            "Accept",
                            "Content-Type",
                            "Idempotency-Key",
                            "If-None-Match",
                            "If-Range",
                            "Range",
                            "X-Auth-Token",
                            "X-Image-Meta-Store",
                            "X-OpenStack-Image-Size",
                            "X-OpenStack-Request-ID"),
                        List.of(
                            "Allow",
                            "Content-MD5",
                            "Content-Range",
                            "ETag",
                            "Location",
                            "OpenStack-image-store-ids",
                            "Retry-After",
                            "WWW-Authenticate",
                            "X-OpenStack-Request-ID"),
                        Duration.ofHours(1),
                        false),
                    new UploadSettings(
                        64, 64, Duration.ofMinutes(5), 4 << 10, Duration.ofMinutes(10)),
                    new DownloadSettings(1024, 1024),
                    512,
                    32,
                    true,
                    Duration.ZERO,
                    false,
                    true,
                    false,
                    false,
                    true),
                new AuthSettings.None("admin", "admin", false, List.of()),
                new ReconciliationSettings(
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    new SweepSettings(
                        true, Duration.ofDays(7), 10L << 20, 50, Duration.ofHours(24), false)),
                new WebhookSettings(
                    List.of(),
                    List.of(),
                    Duration.ofSeconds(10),
                    Duration.ofDays(1),
                    Duration.ofDays(30)),
                List.of()));
  }

  @Test
  void readsItsOwnExampleAsTheDefaults() throws IOException {
    assertThat(load(Settings.example())).isEqualTo(Settings.defaults());
  }

  @Test
  void takesAFileWithoutAnythingForTheDefaults() throws IOException {
    assertThat(load("")).isEqualTo(Settings.defaults());
    assertThat(load("# nothing\nregistry:\n")).isEqualTo(Settings.defaults());
  }

  @Test
  void letsTheEnvironmentOverrideTheFile() throws IOException {
    Settings settings =
        load(
            "registry:\n  url: jdbc:sqlite:file.db\n  pool-size: 3\n",
            Map.of(
                "VITRINE_REGISTRY_URL", "jdbc:sqlite:environment.db",
                "VITRINE_WORKER_ROLES", "workflow, transfer",
                "VITRINE_TRANSFER_SOURCE_ROOTS", "/srv/a:/srv/b",
                "VITRINE_TRANSFER_EXPORT_ROOTS", "",
                "VITRINE_TRANSFER_MAX_IMAGE_SIZE", "1GiB",
                "VITRINE_STORES", "fast=/srv/fast,slow=/srv/slow",
                "VITRINE_DEFAULT_STORE", "fast"));

    assertThat(settings.registry().url()).isEqualTo("jdbc:sqlite:environment.db");
    assertThat(settings.registry().poolSize()).isEqualTo(3);
    assertThat(settings.worker().roles())
        .containsExactlyInAnyOrder(WorkerRole.WORKFLOW, WorkerRole.TRANSFER);
    assertThat(settings.transfer().sourceRoots())
        .containsExactly(Path.of("/srv/a"), Path.of("/srv/b"));
    assertThat(settings.transfer().exportRoots()).isEmpty();
    assertThat(settings.transfer().maxImageSize()).isEqualTo(1L << 30);
    assertThat(settings.stores().stores())
        .containsExactly(
            new FileStoreSettings("fast", Path.of("/srv/fast")),
            new FileStoreSettings("slow", Path.of("/srv/slow")));
    assertThat(settings.stores().defaultStore()).isEqualTo("fast");
  }

  @Test
  void passesOverVariablesThatAreNotItsOwn() {
    Map<String, String> others =
        Map.of(
            "VITRINE_REGISTRY_SERVICE_HOST", "10.0.0.1",
            "VITRINE_REGISTRY_SERVICE_PORT_HTTP", "80",
            "VITRINE_REGISTRY_PORT", "tcp://10.0.0.1:80",
            "VITRINE_WORKER_PORT_80_TCP_ADDR", "10.0.0.1",
            "VITRINE_PROJECT", "another program's",
            "HOME", "/root");

    assertThat(Settings.load(null, others)).isEqualTo(Settings.defaults());
  }
}
