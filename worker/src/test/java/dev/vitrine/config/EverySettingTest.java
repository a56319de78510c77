package dev.vitrine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.PermissionChange;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.source.Regions;
import dev.vitrine.web.AddressRange;
import dev.vitrine.web.WebRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every setting, and none of them its default. */
class EverySettingTest extends SettingsFixture {

  @Test
  void readsEverySettingFromAFile() throws IOException {
    Settings settings =
        load(
            """
            worker:
              roles: [transfer]
              shutdown-grace: 3s
              drain-time: 7s
              register-search-attributes: false
              deployment-name: vitrine
              build-id: 0.3.0-4f2a
            registry:
              url: jdbc:postgresql://db/vitrine
              user: vitrine
              password: "hunter2"
              pool-size: 3
              task-time-to-live: 1h
              image-retention: 7d
              slow-transaction: 0s
            stores:
              - {name: fast, type: file, path: /srv/fast}
              - {name: slow, path: /srv/slow}
            default-store: slow
            transfer:
              source-roots: [/srv/in, /srv/more]
              export-roots: [/srv/out]
              export-buckets: [{name: archive, type: s3, bucket: exports, prefix: images, endpoint: "http://s3.example:9000"}]
              max-image-size: 64MiB
              source-connect-timeout: 2s
              source-read-timeout: 5s
              max-attempts-without-progress: 2
              small-size: 0B
              inspect-formats: false
              signature-certificates: /etc/vitrine/certificates
              concurrent-transfers: 4
              heartbeat-timeout: 30s
              heartbeat-interval: 500ms
              heartbeats-per-second: 20
            web-sources:
              schemes: [https]
              hosts: ["*.example.org"]
              denied-hosts: [old.example.org]
              ports: [443, 8443]
              denied-ports: [25]
              addresses: [loopback, 10.1.0.0/16]
              denied-addresses: [203.0.113.7]
              key-file: /etc/vitrine/source.key
            limits:
              image-properties: 1
              image-tags: 2
              image-members: 3
              image-locations: 4
              image-metadata: 2MiB
              image-property: 7KiB
              project-images: 5
              project-bytes: 6TiB
              project-tasks: 8
            operations: {listen-address: 0.0.0.0, port: 9464, traces: otlp}
            api:
              listen-address: 0.0.0.0
              port: 443
              public-endpoint: https://images.example.org/
              tls-certificate-file: /etc/vitrine/api.pem
              tls-key-file: /etc/vitrine/api.key
              max-request-header-size: 32KiB
              max-json-body-size: 2MiB
              body-memory: 4MiB
              header-timeout: 4s
              least-body-rate: 0B
              concurrent-uploads-per-project: 2
              concurrent-downloads: 11
              concurrent-downloads-per-project: 10
              upload-idle-timeout: 6s
              upload-least-rate: 5B
              upload-rate-window: 7s
              event-streams: 8
              event-streams-per-caller: 9
              cors-allowed-origins: [https://a.example.org, "http://b.example.org:8080"]
              cors-allowed-methods: [GET]
              cors-allowed-headers: [X-Auth-Token]
              cors-exposed-headers: [Location]
              cors-max-age: 0s
              cors-allow-credentials: true
              max-connections: 10
              max-threads: 20
              idle-timeout: 5s
              access-log: false
              concurrent-uploads: 3
              scrub-time: 24h
              show-locations: true
              hash-locations: false
              tasks-for-members: true
              cancel-tasks: true
              run-workflows: false
            auth:
              method: trusted-headers
              trusted-proxies: [10.1.0.0/16, "fd00::1"]
            reconciliation:
              interval: 5m
              stuck-after: 6h
            imports: {methods: [copy-image], staging-time: 5m, decompression: true, max-decompression-ratio: 50,
                      inject: [team=images=1, os_type=linux], ignore-user-roles: [],
                      regions: ["two=https://images.two.example.org:9292/image/"], region-properties: [os_],
                      conversion-format: raw, qemu-img: /opt/qemu-img, conversion-directory: /scratch,
                      conversion-memory: 1GiB, conversion-time: 2m, conversion-isolated: false}
            sweep: {enabled: false, interval: 30d, bytes-per-second: 0, objects-per-second: 7,
                    grace: 90m, repair: true}
            webhooks:
              endpoints:
                - name: billing
                  url: https://hooks.example.org:8443/in
                  secret-file: /etc/billing.secret
              addresses: [10.2.0.0/16]
              timeout: 3s
              give-up-after: 30m
              retention: 90d
            permissions:
              - allow download to reader of owner
              - deny deactivate to member of owner
            """);

    assertThat(settings)
        .isEqualTo(
            new Settings(
                new WorkerSettings(
                    Set.of(WorkerRole.TRANSFER),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(7),
                    false,
                    new WorkerSettings.Deployment("vitrine", "0.3.0-4f2a")),
                new RegistrySettings(
                    "jdbc:postgresql://db/vitrine",
                    "vitrine",
                    new Secret("hunter2"),
                    3,
                    Duration.ofHours(1),
                    Duration.ofDays(7),
                    Duration.ZERO),
                new StoresSettings(
                    List.of(
                        new FileStoreSettings("fast", Path.of("/srv/fast")),
                        new FileStoreSettings("slow", Path.of("/srv/slow"))),
                    "slow"),
                new TransferSettings(
                    List.of(Path.of("/srv/in"), Path.of("/srv/more")),
                    List.of(Path.of("/srv/out")),
                    List.of(
                        new S3StoreSettings(
                            "archive",
                            "exports",
                            "images/",
                            null,
                            URI.create("http://s3.example:9000"),
                            true,
                            8L << 20,
                            null)),
                    64L << 20,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    2,
                    0,
                    false,
                    4,
                    Duration.ofSeconds(30),
                    Duration.ofMillis(500),
                    20,
                    new WebRules(
                        Set.of("https"),
                        List.of("*.example.org"),
                        List.of("old.example.org"),
                        Set.of(443, 8443),
                        Set.of(25),
                        List.of(
                            AddressRange.of("127.0.0.0/8"),
                            AddressRange.of("::1"),
                            AddressRange.of("10.1.0.0/16")),
                        List.of(AddressRange.of("203.0.113.7"))),
                    Path.of("/etc/vitrine/source.key"),
                    Path.of("/etc/vitrine/certificates")),
                new LimitsSettings(1, 2, 3, 4, 2 << 20, 7 << 10, 5, 6L << 40, 8),
                new ImportSettings(
                    List.of(ImportMethod.COPY_IMAGE),
                    Duration.ofMinutes(5),
                    true,
                    50,
                    Map.of("team", "images=1", "os_type", "linux"),
                    Set.of(),
                    new ConversionSettings(
                        "raw",
                        "/opt/qemu-img",
                        Path.of("/scratch"),
                        1L << 30,
                        Duration.ofMinutes(2),
                        false),
                    new Regions(
                        Map.of("two", URI.create("https://images.two.example.org:9292/image")),
                        List.of("os_"))),
                new OperationsSettings("0.0.0.0", 9464, Traces.OTLP),
                new ApiSettings(
                    "0.0.0.0",
                    443,
                    URI.create("https://images.example.org"),
                    List.of(AddressRange.of("10.1.0.0/16"), AddressRange.of("fd00::1")),
                    Path.of("/etc/vitrine/api.pem"),
                    Path.of("/etc/vitrine/api.key"),
                    new RequestSettings(
                        32 << 10,
                        2 << 20,
                        4 << 20,
                        10,
                        20,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        0),
                    new CorsSettings(
                        List.of("https://a.example.org", "http://b.example.org:8080"),
                        List.of("GET"),
                        List.of("X-Auth-Token"),
                        List.of("Location"),
                        Duration.ZERO,
                        true),
                    new UploadSettings(3, 2, Duration.ofSeconds(6), 5, Duration.ofSeconds(7)),
                    new DownloadSettings(11, 10),
                    8,
                    9,
                    false,
                    Duration.ofDays(1),
                    true,
                    false,
                    true,
                    true,
                    false),
                new AuthSettings.TrustedHeaders(
                    List.of(AddressRange.of("10.1.0.0/16"), AddressRange.of("fd00::1"))),
                new ReconciliationSettings(
                    Duration.ofMinutes(5),
                    Duration.ofHours(6),
                    new SweepSettings(
                        false, Duration.ofDays(30), 0, 7, Duration.ofMinutes(90), true)),
                new WebhookSettings(
                    List.of(
                        new WebhookSettings.Target(
                            "billing",
                            URI.create("https://hooks.example.org:8443/in"),
                            Path.of("/etc/billing.secret"))),
                    List.of(AddressRange.of("10.2.0.0/16")),
                    Duration.ofSeconds(3),
                    Duration.ofMinutes(30),
                    Duration.ofDays(90)),
                List.of(
                    PermissionChange.of("allow download to reader of owner"),
                    PermissionChange.of("deny deactivate to member of owner"))));
  }
}
