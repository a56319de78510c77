package dev.vitrine.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.torture.RegistryRows.Change;
import dev.vitrine.torture.RegistryRows.ImageRow;
import dev.vitrine.torture.RegistryRows.LocationRow;
import dev.vitrine.torture.RegistryRows.TaskRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That whoever judges sees what is wrong. */
class TortureVerdictTest {

  private static final byte[] DATA = "sent".getBytes(StandardCharsets.US_ASCII);
  private static final String SHA512 = TortureData.sha512(DATA);

  private final List<Change> changes =
      new ArrayList<>(
          List.of(
              new Change("image", "a", null, "queued", "create"),
              new Change("image", "a", "queued", "saving", "begin upload"),
              new Change("image", "a", "saving", "active", "upload succeeded")));
  private final List<LocationRow> locations =
      new ArrayList<>(List.of(new LocationRow("a", "main", "key", "active")));
  private final List<TaskRow> tasks = new ArrayList<>();
  private ImageRow image = new ImageRow("a", "active", 4L, SHA512);
  private Set<String> promised = Set.of("a");
  @TempDir Path directory;
  private TortureCluster cluster;

  @BeforeEach
  void makeStores() throws IOException {
    cluster =
        new TortureCluster(
            new TorturePlan(
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                directory,
                "jdbc:postgresql://nowhere/x",
                null,
                null,
                Path.of("temporal"),
                status -> {}));
    Files.write(directory.resolve("store-main").resolve("key"), DATA);
  }

  private RegistryRows rows() {
    return new RegistryRows("abc", List.of(image), tasks, locations, changes);
  }

  private List<String> violations() throws IOException {
    return new TortureVerdict(cluster, rows(), Set.of(SHA512), promised).violations();
  }

  private void assertThatItSees(String what) throws IOException {
    assertThat(violations()).singleElement().asString().contains(what);
  }

  @Test
  void findsNothingWhereAllWasKept() throws IOException {
    assertThat(violations()).isEmpty();
    assertThat(TortureVerdict.restless(rows(), List.of())).isEmpty();
  }

  @Test
  void seesAHistoryWithAGap() throws IOException {
    changes.remove(1);
    assertThatItSees("its history goes on from saving after it was queued");
  }

  @Test
  void seesAChangeThatNoEdgeAllows() throws IOException {
    changes.set(2, new Change("image", "a", "saving", "deactivated", "x"));
    changes.add(new Change("image", "a", "deactivated", "active", "reactivate"));
    assertThatItSees("no edge leads from saving to deactivated");
  }

  @Test
  void seesAStatusThatNoHistoryExplains() throws IOException {
    changes.remove(2);
    assertThatItSees("image a is active, and its history says saving");
  }

  @Test
  void seesDataThatIsAnother() throws IOException {
    Files.write(directory.resolve("store-main").resolve("key"), new byte[] {1, 2, 3, 4});
    assertThatItSees("has other data than its digest");
  }

  @Test
  void seesDataThatIsGone() throws IOException {
    Files.delete(directory.resolve("store-main").resolve("key"));
    assertThatItSees("is gone");
  }

  @Test
  void seesDataThatNobodySent() throws IOException {
    byte[] other = {1, 2, 3, 4};
    Files.write(directory.resolve("store-main").resolve("key"), other);
    image = new ImageRow("a", "active", 4L, TortureData.sha512(other));
    assertThatItSees("data that nobody sent");
  }

  @Test
  void seesBytesThatNoRowNames() throws IOException {
    Files.createDirectories(directory.resolve("store-second").resolve(".partial"));
    Files.write(directory.resolve("store-second").resolve(".partial/left"), DATA);
    assertThatItSees("store second has .partial/left, which no row names");
  }

  @Test
  void seesDataOfADeletedImage() throws IOException {
    promised = Set.of();
    image = new ImageRow("a", "deleted", 4L, SHA512);
    changes.add(new Change("image", "a", "active", "deleted", "delete"));
    assertThatItSees("image a is deleted and has data");
  }

  @Test
  void seesDataThatIsThereTwice() throws IOException {
    locations.add(new LocationRow("a", "main", "other", "active"));
    Files.write(directory.resolve("store-main").resolve("other"), DATA);
    assertThatItSees("has its data twice in one store");
  }

  @Test
  void seesAnUploadThatWasAcknowledgedAndLost() throws IOException {
    image = new ImageRow("a", "queued", null, null);
    changes.set(2, new Change("image", "a", "saving", "queued", "upload failed (requeue)"));
    locations.clear();
    Files.delete(directory.resolve("store-main").resolve("key"));
    assertThatItSees("its upload was answered 204, and it is queued");
  }

  @Test
  void seesAnExportThatIsNotThere() throws IOException {
    tasks.add(new TaskRow("t", "export", "success", "{\"destination\": \"file:///x/y\"}", "a"));
    changes.add(new Change("task", "t", null, "pending", "create"));
    changes.add(new Change("task", "t", "pending", "processing", "start"));
    changes.add(new Change("task", "t", "processing", "success", "succeed"));
    assertThatItSees("task t succeeded, and its export is not there");
  }

  @Test
  void waitsForWhatIsUnderWay() {
    image = new ImageRow("a", "saving", null, null);
    locations.set(0, new LocationRow("a", "main", "key", "pending"));
    tasks.add(new TaskRow("t", "import", "processing", "{}", null));
    assertThat(TortureVerdict.restless(rows(), List.of("workflow w is open")))
        .containsExactlyInAnyOrder(
            "workflow w is open",
            "image a is saving",
            "task t is processing",
            "location key of image a is pending");
  }
}
