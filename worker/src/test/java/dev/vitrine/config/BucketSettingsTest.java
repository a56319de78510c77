package dev.vitrine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.StoreNames;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketSettingsTest extends SettingsFixture {

  @Test
  void readsStoresInBuckets() throws IOException {
    Settings settings =
        load(
            """
            stores:
              - {name: fast, path: /srv/fast}
              - {name: plain, type: s3, bucket: images}
              - name: cold
                type: s3
                bucket: archive
                prefix: vitrine/images
                region: eu-central-1
                endpoint: http://minio:9000/
                path-style: false
                part-size: 64MiB
                profile: archive
              - {name: near, type: s3, bucket: images, endpoint: 'https://minio', prefix: v/}
            default-store: cold
            """);

    assertThat(settings.stores().stores())
        .containsExactly(
            new FileStoreSettings("fast", Path.of("/srv/fast")),
            new S3StoreSettings("plain", "images", "", null, null, false, 8L << 20, null),
            new S3StoreSettings(
                "cold",
                "archive",
                "vitrine/images/",
                "eu-central-1",
                URI.create("http://minio:9000"),
                false,
                64L << 20,
                "archive"),
            new S3StoreSettings(
                "near", "images", "v/", null, URI.create("https://minio"), true, 8L << 20, null));
    assertThat(settings.stores().defaultStore()).isEqualTo("cold");
  }

  @Test
  void readsStoresInBucketsFromTheEnvironment() {
    Settings settings =
        Settings.load(
            null,
            Map.of(
                "VITRINE_STORES",
                "a=/srv/a,b=s3://images,c=s3://images/vitrine/c",
                "VITRINE_DEFAULT_STORE",
                "c"));

    assertThat(settings.stores().stores())
        .containsExactly(
            new FileStoreSettings("a", Path.of("/srv/a")),
            new S3StoreSettings("b", "images", "", null, null, false, 8L << 20, null),
            new S3StoreSettings("c", "images", "vitrine/c/", null, null, false, 8L << 20, null));
  }

  @Test
  void saysWhatAStoreWeighs() throws IOException {
    Settings settings =
        load(
            "stores: [{name: a, path: /srv/a, weight: 7}, {name: b, type: s3, bucket: images,"
                + " weight: -2}]\n"
                + "default-store: a\n");

    assertThat(settings.stores().stores()).extracting(StoreSettings::weight).containsExactly(7, -2);
    assertThatThrownBy(() -> load("stores: [{name: a, path: /srv/a, weight: heavy}]"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("stores[0].weight")
        .hasMessageContaining("'heavy': give a whole number from -1000000 to 1000000");
  }

  @Test
  void saysWhichTakeNoDataAndThatNoneOfTheseIsTheDefault() throws IOException {
    String stores =
        "stores: [{name: a, path: /srv/a, read-only: true}, {name: b, path: /srv/b},"
            + " {name: c, type: s3, bucket: images, read-only: true}]\n";
    Settings settings = load(stores + "default-store: b\n");

    assertThat(settings.stores().stores())
        .extracting(StoreSettings::readOnly)
        .containsExactly(true, false, true);
    assertThat(settings.stores().names())
        .isEqualTo(new StoreNames(List.of("b", "a", "c"), Set.of("a", "c")));
    assertThatThrownBy(() -> load(stores + "default-store: c\n"))
        .isInstanceOf(Invalid.class)
        .hasMessage(
            "default-store is 'c', which is read-only: uploads go to it, so give the name of a"
                + " store that takes data");
    assertThatThrownBy(() -> load("stores: [{name: a, path: /srv/a, read-only: 1}]"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("stores[0].read-only");
  }

  @Test
  void readsAStoreInSeveralDirectories() throws IOException {
    Settings settings =
        load(
            """
            stores:
              - name: a
                directories:
                  - {path: /srv/fast, priority: 10}
                  - /srv/large
            default-store: a
            """);

    assertThat(settings.stores().stores())
        .containsExactly(
            new FileStoreSettings(
                "a",
                List.of(
                    new FileStoreSettings.Directory(Path.of("/srv/fast"), 10),
                    new FileStoreSettings.Directory(Path.of("/srv/large"), 0)),
                0,
                false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "directories: /a | stores[0].directories is '/a': give a list",
        "directories: [] | the store 'a' has no path",
        "path: /b, directories: [/a] | has a path and directories; give one of them",
        "directories: [/a, /b/../a] | stores[0].directories[1].path is '/b/../a'",
        "directories: [{priority: 1}] | stores[0].directories[0].path",
        "directories: [{path: /a, priority: high}] | stores[0].directories[0].priority is 'high'",
        "directories: [{path: /a, weight: 1}] | stores[0].directories[0].weight is unknown",
        "type: s3, bucket: images, directories: [/a] | stores[0].directories is unknown",
      })
  void refusesOtherFormsOfDirectories(String store, String message) {
    assertThatThrownBy(() -> load("stores: [{name: a, " + store + "}]\ndefault-store: a\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsTheStoreOfWhatLiesElsewhere() throws IOException {
    Settings settings =
        load(
            """
            stores:
              - {name: a, path: /srv/a}
              - {name: http, type: http, weight: -1}
            default-store: a
            """);

    assertThat(settings.stores().stores())
        .containsExactly(new FileStoreSettings("a", Path.of("/srv/a")), new HttpStoreSettings(-1));
    assertThat(settings.stores().names())
        .isEqualTo(new StoreNames(List.of("a", "http"), Set.of("http")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: web, type: http | there is one, whose name is 'http'",
        "name: http, path: /a | give another one, or type http",
        "name: http, type: http, path: /a | stores[0].path is unknown",
        "name: http, type: http | default-store is 'http', which is read-only",
      })
  void refusesOtherStoresOfWhatLiesElsewhere(String store, String message) {
    assertThatThrownBy(() -> load("stores: [{" + store + "}]\ndefault-store: http\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(message);
  }
}
