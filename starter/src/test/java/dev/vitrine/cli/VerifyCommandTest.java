package dev.vitrine.cli;

import static dev.vitrine.fake.FakeVerification.ROTTEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.fake.FakeVitrine;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code image verify} and {@code fsck} against a server. */
final class VerifyCommandTest {

  private static FakeVitrine vitrine;

  private final String id = UUID.randomUUID().toString();
  private final Run run =
      new Run(false, () -> VitrineClient.on(vitrine.temporal(), FakeVitrine.INSTALLATION));

  @BeforeAll
  static void start() {
    vitrine = FakeVitrine.start();
  }

  @AfterAll
  static void stop() {
    vitrine.close();
  }

  @Test
  void printsWhatEachStoreHas() {
    assertThat(run.execute("image", "verify", id)).isZero();
    assertThat(run.out().lines().skip(1))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(id, "main", "ok"));
    assertThat(run.err()).isEmpty();
  }

  @Test
  void exitsAsFailedWorkIfAnythingIsNotAsRecorded() {
    assertThat(run.execute("image", "verify", id, ROTTEN.toString(), "--json")).isEqualTo(6);

    JsonNode images = run.json().required("images");
    assertThat(images).hasSize(2);
    assertThat(images.get(0).required("image_id").asText()).isEqualTo(id);
    assertThat(images.get(1).at("/locations/1/outcome").asText()).isEqualTo("wrong");
    assertThat(run.error().required("kind").asText()).isEqualTo("DataMismatch");
    assertThat(run.error().required("message").asText()).contains(ROTTEN.toString());
  }

  @Test
  void saysThatThereIsNoSuchImage() {
    assertThat(run.execute("image", "verify", FakeVitrine.MISSING.toString())).isEqualTo(3);
  }

  @Test
  void asksTemporalAndNoImageApi() {
    assertThat(run.execute("image", "verify", id, "--api", "http://127.0.0.1:1")).isEqualTo(2);
    assertThat(run.err()).contains("TEMPORAL_ADDRESS");
  }

  @Test
  void verifiesAllImagesOfAStore() {
    assertThat(run.execute("image", "verify", "--all", "--store", "main", "--json")).isZero();
    assertThat(run.json().at("/counts/locations").asInt()).isEqualTo(2);
    assertThat(run.json().at("/counts/bytes_read").asInt()).isEqualTo(10);
  }

  @Test
  void takesIdsOrAllOfThem() {
    assertThat(run.execute("image", "verify")).isEqualTo(2);
    assertThat(run.execute("image", "verify", id, "--all")).isEqualTo(2);
    assertThat(run.execute("image", "verify", id, "--store", "main")).isEqualTo(2);
  }

  @Test
  void comparesTheStoresWithTheRegistry() {
    assertThat(run.execute("fsck", "--store", "clean")).isZero();

    assertThat(run.execute("fsck")).isEqualTo(6);
    assertThat(run.out()).contains("orphan", "a/b", "no row knows it");
    assertThat(run.err()).contains("1 orphans, 0 of these repaired", "1 finding is left");
  }

  @Test
  void repairsWhereItIsAskedTo() {
    assertThat(run.execute("fsck", "--repair", "--json")).isZero();
    assertThat(run.json().at("/findings/0/repaired").asBoolean()).isTrue();
  }
}
