package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.activity.Operation;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * With the stores hot, the default one in two directories, and cold and http, which are only read
 * from.
 */
@Timeout(120)
class ReadOnlyStoreTest extends ImportFixture {

  private static final String STORE = "X-Image-Meta-Store";

  private static ApiInstallation vitrine;
  private static Path cold;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    cold = Files.createDirectory(directory.resolve("cold"));
    Files.writeString(cold.resolve("README"), "of whoever manages it");
    vitrine =
        new ApiInstallation(
            Files.writeString(
                directory.resolve("vitrine.yaml"),
                """
                stores:
                  - {name: cold, path: %s, read-only: true, weight: 9}
                  - {name: hot, directories: [%s, {path: %s, priority: 1}]}
                  - {name: http, type: http, weight: 99}
                default-store: hot
                api: {show-locations: true}
                """
                    .formatted(
                        cold,
                        Files.createDirectory(directory.resolve("large")),
                        Files.createDirectory(directory.resolve("fast")))));
  }

  @AfterAll
  static void stop() {
    vitrine.close();
  }

  @Override
  ApiInstallation called() {
    return vitrine;
  }

  /** An image whose data is in the store, as from the time when that took data. */
  private UUID archived(byte[] data) throws Exception {
    UUID id = alice.queued();
    Location location =
        vitrine
            .registry()
            .uploads()
            .begin(operation("begin-" + id), id, FailurePolicy.REQUEUE, "cold", null);
    Path file = cold.resolve(location.key());
    Files.createDirectories(file.getParent());
    Files.write(file, data);
    vitrine
        .registry()
        .uploads()
        .completeMeasured(
            operation("complete-" + id),
            id,
            location.id(),
            new ImageData(
                data.length, digest("MD5", data), digest("SHA-512", data), (long) data.length));
    return id;
  }

  private static Operation operation(String id) {
    return new Operation(id, "test", "run", "by a test");
  }

  private List<Location> locations(UUID id) {
    return vitrine.registry().locations().of(id);
  }

  private static Path fast() {
    return cold.resolveSibling("fast");
  }

  private Path file(UUID id) {
    return cold.resolve(locations(id).get(0).key());
  }

  @Test
  void isListedAsReadOnly() {
    JsonNode stores = alice.get("/v2/info/stores").is(200).json().path("stores");
    assertThat(stores.findValuesAsText("id")).containsExactly("cold", "hot", "http");
    assertThat(stores.get(0).path("read-only").textValue()).isEqualTo("true");
    assertThat(stores.get(1).has("read-only")).isFalse();
    assertThat(stores.get(2).path("read-only").textValue()).isEqualTo("true");
    JsonNode details = root.get("/v2/info/stores/detail").is(200).json().path("stores");
    assertThat(details.get(0).path("read-only").textValue()).isEqualTo("true");
    assertThat(details.get(1).at("/properties/data_dirs").findValuesAsText("path"))
        .containsExactly(cold.resolveSibling("large").toString(), fast().toString());
    assertThat(details.get(2).path("type").textValue()).isEqualTo("http");
    assertThat(details.get(2).path("properties")).isEmpty();
  }

  @Test
  void leavesOtherDataToTheDirectoryOfTheHighestPriority() {
    UUID id = alice.active(data(10));
    assertThat(fast().resolve(locations(id).get(0).key())).hasBinaryContent(data(10));
  }

  @Test
  void refusesUploadsAndStagesAndChangesNothing() {
    UUID id = alice.queued();

    for (Api.Reply refused :
        List.of(alice.upload(id, data(10), STORE, "cold"), stage(id, data(10), STORE, "cold"))) {
      assertThat(refused.error(400)).contains("store 'cold' is read-only", "takes data: hot");
    }

    assertThat(alice.status(id)).isEqualTo("queued");
    assertThat(locations(id)).isEmpty();
  }

  @Test
  void refusesImportsAndCopies() throws Exception {
    UUID staged = alice.queued();
    stage(staged, data(10)).is(204);
    assertThat(importInto(alice, staged, DIRECT.formatted(", \"stores\": [\"cold\"]")).error(400))
        .contains("store 'cold' is read-only");
    assertThat(importInto(alice, staged, DIRECT.formatted(""), STORE, "cold").error(400))
        .contains("store 'cold' is read-only");
    assertThat(alice.status(staged)).isEqualTo("uploading");

    UUID active = alice.active(data(10));
    String copy = "{\"method\": {\"name\": \"copy-image\"}, \"stores\": [\"cold\"]}";
    assertThat(importInto(root, active, copy).error(400)).contains("store 'cold' is read-only");
    assertThat(locations(active)).hasSize(1);
  }

  @Test
  void isNoneOfAllStores() throws Exception {
    UUID id = alice.queued();
    stage(id, data(10)).is(204);

    JsonNode task = succeeded(importInto(alice, id, DIRECT.formatted(", \"all_stores\": true")));

    assertThat(task.at("/input/backend")).hasSize(1);
    assertThat(alice.show(id).path("stores").textValue()).isEqualTo("hot");
  }

  @Test
  void givesItsDataAndCopiesOfIt() throws Exception {
    byte[] data = data(5000);
    UUID id = archived(data);
    assertThat(alice.get(Api.image(id) + "/file").is(200).body()).isEqualTo(data);

    importInto(root, id, "{\"method\": {\"name\": \"copy-image\"}, \"all_stores\": true}").is(202);

    ApiInstallation.await(
        "it is copied", () -> alice.show(id).path("stores").textValue().equals("cold,hot"));
    // The heaviest of the two is the one that is only read from.
    assertThat(alice.get(Api.image(id) + "/file").is(200).body()).isEqualTo(data);
  }

  @Test
  void takesNoDataElsewhereOnTheWebButGivesWhatLiesThere() throws Exception {
    byte[] data = data(5000);
    UUID id = alice.queued();
    for (Api.Reply refused :
        List.of(alice.upload(id, data, STORE, "http"), stage(id, data, STORE, "http"))) {
      assertThat(refused.error(400)).contains("store 'http' is read-only");
    }
    byte[] there = data.clone();
    try (ByteSource web = ByteSource.of(there)) {
      alice
          .send(
              "POST",
              Api.image(id) + "/locations",
              "application/json",
              BodyPublishers.ofString("{\"url\": \"%s\"}".formatted(web.url())))
          .is(202);
      assertThat(alice.show(id).path("stores").textValue()).isEqualTo("http");
      assertThat(alice.get(Api.image(id) + "/file").is(200).body()).isEqualTo(data);
      ApiInstallation.await("it has digests", () -> !alice.show(id).path("checksum").isNull());

      importInto(root, id, "{\"method\": {\"name\": \"copy-image\"}, \"all_stores\": true}")
          .is(202);
      ApiInstallation.await(
          "it is copied", () -> alice.show(id).path("stores").textValue().equals("hot,http"));

      // The heaviest is read first.
      there[0]++;
      assertThat(alice.get(Api.image(id) + "/file").is(200).body()).isEqualTo(there);
    }
  }

  @Test
  void takesALocationElsewhereOnceItsDataIsWhatItIsSaidToBe() throws Exception {
    byte[] data = data(5000);
    UUID id = alice.queued();
    try (ByteSource web = ByteSource.of(data)) {
      alice
          .send(
              "POST",
              Api.image(id) + "/locations",
              "application/json",
              BodyPublishers.ofString(
                  ("{\"url\": \"%s\", \"validation_data\": {\"os_hash_algo\": \"sha512\","
                          + " \"os_hash_value\": \"%s\"}}")
                      .formatted(web.url(), digest("SHA-512", data))))
          .is(202);
      awaitStatus(id, "active");
      assertThat(alice.show(id).path("stores").textValue()).isEqualTo("http");
    }
  }

  @Test
  void keepsTheDataOfAnImageThatIsDeleted() throws Exception {
    byte[] data = data(100);
    UUID id = archived(data);
    Path file = file(id);

    alice.delete(Api.image(id)).is(204);

    ApiInstallation.await("its row is gone", () -> locations(id).isEmpty());
    assertThat(file).hasBinaryContent(data);
  }

  /** As the reference, which takes the location away and warns that the store keeps the data. */
  @Test
  void keepsTheDataOfAPlaceThatIsGivenUp() throws Exception {
    byte[] data = data(100);
    UUID id = archived(data);
    Path file = file(id);
    root.delete("/v2/stores/cold/" + id).error(403);
    importInto(root, id, "{\"method\": {\"name\": \"copy-image\"}, \"stores\": [\"hot\"]}").is(202);
    ApiInstallation.await(
        "it is copied", () -> alice.show(id).path("stores").textValue().equals("cold,hot"));

    root.delete("/v2/stores/cold/" + id).is(204);

    assertThat(locations(id))
        .filteredOn(location -> location.status() == LocationStatus.ACTIVE)
        .extracting(Location::store)
        .containsExactly("hot");
    assertThat(alice.show(id).path("stores").textValue()).isEqualTo("hot");
    assertThat(file).hasBinaryContent(data);
    assertThat(alice.get(Api.image(id) + "/file").is(200).body()).isEqualTo(data);
  }
}
