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
}
