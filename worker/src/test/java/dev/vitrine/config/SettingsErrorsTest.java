package dev.vitrine.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How settings that are wrong are refused: by which key, from where, and what to give instead. */
class SettingsErrorsTest extends SettingsFixture {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api: {cors-allowed-origins: [dashboard.example.org]}",
        "api: {cors-allowed-origins: ['https://dashboard.example.org/']}",
        "api: {cors-allowed-origins: ['https://*.example.org']}",
        "api: {cors-allowed-origins: ['*'], cors-allow-credentials: true}",
      })
  void refusesOriginsThatNoBrowserSendsOrThatLetEverybodyIn(String settings) {
    assertThatThrownBy(() -> load(settings))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("api.cors-allowed-origins");
  }

  @Test
  void refusesLessMemoryForBodiesThanOneMayTake() {
    assertThatThrownBy(() -> load("api: {body-memory: 1MiB, max-json-body-size: 2MiB}"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("api.body-memory")
        .hasMessageContaining("2097152");
  }

  @Test
  void refusesACertificateWithoutItsKey() {
    assertThatThrownBy(() -> load("api:\n  tls-certificate-file: /etc/vitrine/api.pem\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("api.tls-key-file")
        .hasMessageContaining("the other of the two is given");
  }

  @Test
  void refusesAPublicEndpointThatIsNoUrl() {
    assertThatThrownBy(() -> load("api:\n  public-endpoint: images.example.org\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("api.public-endpoint")
        .hasMessageContaining("'images.example.org'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "registry: {pool-size: many} | registry.pool-size (in FILE) is 'many': give a whole number"
            + " from 1 to 1000",
        "registry: {pool-size: 0} | registry.pool-size (in FILE) is '0': give a whole number from"
            + " 1 to 1000",
        "registry: {pool-size: } | registry.pool-size (in FILE) is empty: give a whole number from"
            + " 1 to 1000",
        "registry: {pool-size: [1]} | registry.pool-size (in FILE) is '[1]': give a single value",
        "registry: {url: h2} | registry.url (in FILE) is 'h2': give jdbc:sqlite:FILE or"
            + " jdbc:postgresql://HOST/DATABASE",
        "registry: {task-time-to-live: 48} | registry.task-time-to-live (in FILE) is '48': give a"
            + " whole number with ms, s, m, h or d, such as 30s or 48h, at least 1ms",
        "registry: 7 | registry (in FILE) is a section: give one of registry.url, registry.user,"
            + " registry.password, registry.password-file, registry.pool-size,"
            + " registry.task-time-to-live, registry.image-retention,"
            + " registry.slow-transaction",
        "registry: {uri: x} | registry.uri (in FILE) is unknown; the nearest known key is"
            + " registry.url",
        "transfers: {source-roots: []} | transfers.source-roots (in FILE) is unknown; the nearest"
            + " known key is transfer.source-roots",
        "registry: {url: {host: x}} | registry.url.host (in FILE) is unknown; the nearest known"
            + " key is registry.url",
        "reconciliation: {interval: 0s} | reconciliation.interval (in FILE) is '0s': give a whole"
            + " number with ms, s, m, h or d, such as 30s or 48h, at least 1000ms",
        "transfer: {max-image-size: 1TB} | transfer.max-image-size (in FILE) is '1TB': give a"
            + " whole number with B, KiB, MiB, GiB, TiB or PiB, such as 64MiB",
        "transfer: {max-image-size: 0} | transfer.max-image-size (in FILE) is '0': give a whole"
            + " number with B, KiB, MiB, GiB, TiB or PiB, such as 64MiB, more than 0",
        "web-sources: {schemes: [ftp]} | web-sources.schemes (in FILE) is 'ftp': give http, https"
            + " or both",
        "web-sources: {ports: [0]} | web-sources.ports (in FILE) is '0': give port numbers from 1"
            + " to 65535",
        "web-sources: {ports: [http]} | web-sources.ports (in FILE) is 'http': give port numbers"
            + " from 1 to 65535",
        "web-sources: {hosts: ['a*']} | web-sources.hosts (in FILE) is 'a*': give host names, such"
            + " as images.example.org or *.example.org for all below it",
        "web-sources: {addresses: [local]} | web-sources.addresses (in FILE) is 'local': give an"
            + " address or a range, such as 10.1.2.3, 10.1.0.0/16 or fd00::/8, or one of"
            + " link-local, loopback, private, shared",
        "transfer: {source-roots: /srv} | transfer.source-roots (in FILE) is '/srv': give a list"
            + " of directories, in brackets",
        "worker: {register-search-attributes: yup} | worker.register-search-attributes (in FILE)"
            + " is 'yup': give true or false",
        "imports: {inject: [size=7]} | imports.inject (in FILE) is 'size=7': give a list of"
            + " name=value, each name once and none of a field that images have",
        "imports: {inject: [a=1, b]} | imports.inject (in FILE) is 'b': give a list of name=value,"
            + " each name once and none of a field that images have",
        "imports: {inject: [a=1, a=2]} | imports.inject (in FILE) is 'a=2': give a list of"
            + " name=value, each name once and none of a field that images have",
        "imports: {ignore-user-roles: [cook]} | imports.ignore-user-roles (in FILE) is 'cook': give"
            + " some of reader, member, admin, service",
        "imports: {max-decompression-ratio: 0} | imports.max-decompression-ratio (in FILE) is '0':"
            + " give a whole number from 1 to 1000000",
        "worker: {roles: [cook]} | worker.roles (in FILE) is 'cook': give one or more of"
            + " workflow, transfer, api",
        "worker: {roles: []} | worker.roles (in FILE) is empty: give one or more of workflow,"
            + " transfer, api",
        "stores: [] | stores (in FILE) is empty: give a list of stores, each with name, type"
            + " (file, s3 or http), and path, directories or bucket",
        "stores: [text] | stores (in FILE) is 'text': give a list of stores, each with name, type"
            + " (file, s3 or http), and path, directories or bucket",
        "stores: [{name: local, type: tape, path: x}] | stores[0].type is 'tape': give file, s3 or"
            + " http",
        "stores: [{name: a, type: s3, path: x}] | stores[0].path is unknown; the nearest known key"
            + " is stores[0].name",
        "stores: [{name: a, type: s3}] | stores[0].bucket is empty: give 3 to 63 lower-case"
            + " letters, digits, dots and hyphens",
        "stores: [{name: a, type: s3, bucket: My_Bucket}] | stores[0].bucket is 'My_Bucket': give"
            + " 3 to 63 lower-case letters, digits, dots and hyphens",
        "stores: [{name: a, type: s3, bucket: abc, prefix: /x}] | stores[0].prefix is '/x': give"
            + " at most 900 characters without a slash in front",
        "stores: [{name: a, type: s3, bucket: abc, part-size: 5242879}] | stores[0].part-size is"
            + " '5242879': give a whole number with B, KiB, MiB, GiB, TiB or PiB, such as 64MiB,"
            + " from 5MiB to 1024MiB",
        "stores: [{name: a, type: s3, bucket: abc, part-size: 2GiB}] | stores[0].part-size is"
            + " '2GiB': give a whole number with B, KiB, MiB, GiB, TiB or PiB, such as 64MiB,"
            + " from 5MiB to 1024MiB",
        "stores: [{name: a, type: s3, bucket: abc, path-style: maybe}] | stores[0].path-style is"
            + " 'maybe': give true or false",
        "stores: [{name: a, type: s3, bucket: abc, endpoint: minio}] | stores[0].endpoint is"
            + " 'minio': give http://HOST or https://HOST, with a port and a path if need be",
        "stores: [{name: a, type: s3, bucket: abc, endpoint: 'http://id:hush@minio'}] |"
            + " stores[0].endpoint is 'http://minio': give http://HOST or https://HOST, with a"
            + " port and a path if need be, and neither credentials nor a query",
        "stores: [{name: a, type: s3, bucket: abc, secret-key: hush}] | stores[0].secret-key is"
            + " unknown; the nearest known key is stores[0].bucket",
        "stores: [{name: local, pfad: x}] | stores[0].pfad is unknown; the nearest known key is"
            + " stores[0].path",
        "stores: [{name: local}] | stores[0]: the store 'local' has no path",
        "stores: [{name: A b, path: x}] | stores[0]: the name of a store is 'A b': give"
            + " lower-case letters, digits and hyphens",
        "stores: [{name: http, path: x}] | stores[0]: the name 'http' stands for data that lies"
            + " elsewhere: give another one, or type http",
        "stores: [{name: a, path: }] | stores[0]: the store 'a' has no path",
        "stores: [{name: a, path: x}, {name: a, path: y}] | stores has two of the name 'a'",
        "default-store: other | default-store is 'other': give the name of one of stores: local",
        "just text | FILE is not a settings file: give keys with values",
      })
  void refusesWhatIsWrongByItsFullKey(String yaml, String message) throws IOException {
    Path file = file(yaml);

    assertThatThrownBy(() -> Settings.load(file, Map.of()))
        .isInstanceOf(Invalid.class)
        .hasMessage(message.replace("FILE) ", file + ") ").replace("FILE is", file + " is"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VITRINE_REGISTRY_URI | jdbc:sqlite:x | the environment variable VITRINE_REGISTRY_URI is"
            + " unknown; the nearest known one is VITRINE_REGISTRY_URL",
        "VITRINE_TRANSFER_CONCURRENT_TRANSFERS | x | transfer.concurrent-transfers (in"
            + " VITRINE_TRANSFER_CONCURRENT_TRANSFERS) is 'x': give a whole number from 1 to 1000",
        "VITRINE_TRANSFER_HEARTBEAT_INTERVAL | 8s | transfer.heartbeat-interval (in"
            + " VITRINE_TRANSFER_HEARTBEAT_INTERVAL) is '8s': give a whole number with ms, s, m, h"
            + " or d, such as 30s or 48h, from 100ms to 5000ms",
        "VITRINE_TRANSFER_HEARTBEAT_TIMEOUT | 3s | transfer.heartbeat-timeout (in"
            + " VITRINE_TRANSFER_HEARTBEAT_TIMEOUT) is '3s': give a whole number with ms, s, m, h"
            + " or d, such as 30s or 48h, at least 4000ms",
        "VITRINE_STORES | /srv | stores (in VITRINE_STORES) is '/srv': give name=path or"
            + " name=s3://bucket, separated by commas",
        "VITRINE_STORES | a=s3://B | stores.bucket is 'B': give 3 to 63 lower-case letters, digits,"
            + " dots and hyphens",
      })
  void refusesWhatIsWrongInTheEnvironment(String name, String text, String message) {
    assertThatThrownBy(() -> Settings.load(null, Map.of(name, text)))
        .isInstanceOf(Invalid.class)
        .hasMessage(message);
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path missing = directory.resolve("missing.yaml");

    assertThatThrownBy(() -> Settings.load(missing, Map.of()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("settings file " + missing + " can't be read");
  }

  @Test
  void namesTheLineOfAFileThatIsNotYaml() throws IOException {
    assertThatThrownBy(() -> load("registry:\n  url: [\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("is not YAML, near line");
  }

  @Test
  void refusesAKeyThatStandsThereTwice() throws IOException {
    assertThatThrownBy(() -> load("default-store: local\ndefault-store: local\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("near line 2")
        .hasMessageContaining("default-store");
  }
}
