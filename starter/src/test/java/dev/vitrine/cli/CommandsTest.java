package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Requester;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.fake.FakeReader;
import dev.vitrine.fake.FakeVitrine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server: what they start, print and exit with. */
class CommandsTest {

  @SuppressWarnings("NullAway.Init")
  private static FakeVitrine vitrine;

  private final String id = UUID.randomUUID().toString();
  private final Run run = run(false);

  @BeforeAll
  static void start() {
    vitrine = FakeVitrine.start();
  }

  @AfterAll
  static void stop() {
    vitrine.close();
  }

  @Test
  void uploadsAFileAndPrintsWhatWasStored(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("a disk.img"), "x");

    assertThat(run.execute("upload", file.toString(), "--id", id)).isZero();

    assertThat(run.out())
        .contains("image     " + id, "outcome   activated", "size      2048 (2.0 KiB)");
    assertThat(run.err().lines())
        .containsExactly(
            "upload of image %s: started".formatted(id),
            "upload of image %s: activated".formatted(id));
    assertThat(
            vitrine
                .temporal()
                .newUntypedWorkflowStub("image-upload/" + id)
                .describe()
                .getStaticSummary())
        .startsWith("upload of `a disk.img`, image %s (".formatted(id))
        .endsWith(") from `%s`".formatted(file.toUri()));
  }

  @Test
  void printsAnUploadAsOneJsonDocumentAndNothingElse() {
    assertThat(run.execute("upload", "http://source/ok", "--id", id, "--json")).isZero();

    JsonNode result = run.json();
    assertThat(result.required("image_id").asText()).isEqualTo(id);
    assertThat(result.required("outcome").asText()).isEqualTo("activated");
    assertThat(result.required("data").required("size").asLong()).isEqualTo(2048);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void anUploadThatFailedExitsAsFailedWorkWithResultAndReason() {
    assertThat(run.execute("upload", "http://source/broken", "--id", id, "--json")).isEqualTo(6);

    assertThat(run.json().required("outcome").asText()).isEqualTo("requeued");
    assertThat(run.error().required("kind").asText()).isEqualTo("SourceUnusable");
    assertThat(run.error().required("message").asText())
        .isEqualTo("upload of image %s ended as requeued: the source answered 404", id);
  }

  @Test
  void anUploadThatIsRefusedExitsByItsKind() {
    assertThat(run.execute("upload", "http://source/refused", "--id", id, "--json")).isEqualTo(5);

    assertThat(run.out()).isEmpty();
    assertThat(run.error().required("kind").asText()).isEqualTo("Forbidden");
  }

  @Test
  void returnsAtOnceIfAskedNotToWaitAndRefusesASecondUpload() {
    assertThat(run.execute("upload", "http://source/hold", "--id", id, "--no-wait", "--json"))
        .isZero();
    Run second = run(false);
    assertThat(second.execute("upload", "http://source/hold", "--id", id, "--existing"))
        .isEqualTo(4);

    assertThat(run.json().required("workflow_id").asText()).isEqualTo("image-upload/" + id);
    assertThat(second.err()).contains("vitrine: image %s is being uploaded already".formatted(id));
    cancelUpload();
  }

  @Test
  void showsABarOnATerminalAndHowItEnded() {
    Run watched = run(true);
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(
            () -> watched.execute("upload", "http://source/hold", "--id", id));

    watched.awaitErr("transfer [============            ]  50%  1.0 KiB / 2.0 KiB");
    vitrine.release("image-upload/" + id);

    assertThat(exit.join()).isZero();
    assertThat(watched.err()).contains("ETA 0:01").endsWith("activated" + System.lineSeparator());
    assertThat(watched.out()).contains("activated").doesNotContain("\u001B");
  }

  @Test
  void aPipeSeesTheStepsOfAnUploadAndWhyItWasStopped() {
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(
            () -> run.execute("upload", "http://source/hold", "--id", id));

    run.awaitErr("upload of image %s: transfer, 1.0 KiB / 2.0 KiB".formatted(id));
    cancelUpload();

    assertThat(exit.join()).isEqualTo(6);
    assertThat(run.err()).contains("ended as requeued: cancelled by olga").doesNotContain("\u001B");
  }

  @Test
  void runsAndShowsATask() {
    assertThat(
            run.execute(
                "task",
                "run",
                "import",
                "--from",
                "http://source/ok",
                "--property",
                "name=x",
                "--id",
                id,
                "--json"))
        .isZero();
    Run show = run(false);
    assertThat(show.execute("task", "show", id)).isZero();

    assertThat(run.json().required("status").asText()).isEqualTo("success");
    assertThat(run.json().required("input").required("import_from").asText())
        .isEqualTo("http://source/ok");
    assertThat(run.json().required("created_at").asText()).matches("\\d{4}-\\d\\d-.*Z");
    assertThat(show.out()).contains("status           success", "result.image_id");
  }

  @Test
  void aFailedTaskExitsAsFailedWork() {
    assertThat(
            run.execute(
                "task", "run", "import", "--from", "http://source/broken", "--id", id, "--json"))
        .isEqualTo(6);

    assertThat(run.json().required("status").asText()).isEqualTo("failure");
    assertThat(run.error().required("message").asText())
        .isEqualTo("task %s failed: the source answered 404", id);
  }

  @Test
  void showsARunningTasksProgressAndCancelsIt() {
    String image = UUID.randomUUID().toString();
    run.execute("task", "run", "export", image, "--to", "/exports/x", "--id", id, "--no-wait");
    waitUntilTaskShows("progress");

    Run cancel = run(false);
    assertThat(cancel.execute("task", "cancel", id, "--user", "olga", "--json")).isZero();

    assertThat(cancel.json().required("cancel").asText()).isEqualTo("requested");
    waitUntilTaskShows("cancelled by olga");
  }

  @Test
  void clonesAnImage() {
    assertThat(run.execute("task", "run", "clone", id, "--property", "name=copy")).isZero();

    assertThat(run.out()).contains("clone", "success");
  }

  @Test
  void showsATaskThatOnlyTheRegistryRemembers() {
    assertThat(run.execute("task", "show", FakeReader.FORGOTTEN.toString())).isZero();
    assertThat(run.out()).contains("failure", "unknown to the server");
  }

  @Test
  void anUnknownTaskIsNotFound() {
    assertThat(run.execute("task", "show", id)).isEqualTo(3);
    assertThat(run(false).execute("task", "cancel", id)).isEqualTo(3);

    assertThat(run.err()).startsWith("vitrine: task %s was not found".formatted(id));
  }

  @Test
  void registersAnImageWithEverythingSaidOfIt() {
    assertThat(
            run.execute(
                "image",
                "register",
                "--id",
                id,
                "--name",
                "empty",
                "--size",
                "0",
                "--owner",
                "blue",
                "--json"))
        .isZero();

    assertThat(run.json().required("id").asText()).isEqualTo(id);
    assertThat(run.json().required("name").asText()).isEqualTo("empty");
    assertThat(run.json().required("status").asText()).isEqualTo("active");
    assertThat(run.json().required("owner").asText()).isEqualTo("blue");
  }

  @Test
  void addsALocationDeactivatesAndReactivates() {
    assertThat(run.execute("image", "add-location", id, "http://elsewhere/x")).isZero();
    assertThat(run.execute("image", "deactivate", id, "--admin")).isZero();
    assertThat(run.execute("image", "reactivate", id, "--admin")).isZero();
    assertThat(run.execute("image", "deactivate", id)).isEqualTo(5);
    assertThat(run.execute("image", "add-location", id, "http://elsewhere/taken")).isEqualTo(4);

    assertThat(run.out()).contains("deactivated");
    assertThat(run.err()).contains("vitrine: it takes an admin");
  }

  @Test
  void deletesAnImageAndWaitsForItsDataToBeGone() {
    assertThat(run.execute("image", "delete", id, "--wait", "--json")).isZero();

    assertThat(run.json().required("image").required("status").asText()).isEqualTo("deleted");
    assertThat(run.json().required("locations_removed").asInt()).isEqualTo(1);
  }

  @Test
  void deletesAnImageWithADelay() {
    assertThat(run.execute("image", "delete", id, "--delay", "24h")).isZero();

    assertThat(run.out()).contains("pending_delete");
  }

  @Test
  void aRefusedDeletionExitsByItsKind() {
    assertThat(run.execute("image", "delete", FakeVitrine.PROTECTED.toString())).isEqualTo(5);
    assertThat(run.execute("image", "delete", FakeVitrine.MISSING.toString())).isEqualTo(3);

    assertThat(run.out()).isEmpty();
  }

  @Test
  void watchesAndCancelsAnUploadThatRuns() {
    run.execute("upload", "http://source/hold", "--id", id, "--no-wait");
    Run watch = run(false);
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(() -> watch.execute("image", "watch-upload", id));
    watch.awaitErr("under way");

    Run cancel = run(false);
    assertThat(cancel.execute("image", "cancel-upload", id, "--user", "olga")).isZero();

    assertThat(exit.join()).isEqualTo(6);
    assertThat(cancel.out()).contains("requested");
    assertThat(watch.err()).contains("ended as requeued: cancelled by olga");
    assertThat(watch.out()).contains("upload to it again with --existing --id " + id);
    Run again = run(false);
    assertThat(again.execute("image", "cancel-upload", id)).isZero();
    assertThat(again.out()).contains("without effect: it has ended");
  }

  @Test
  void saysHowATaskThatHasEndedDid() {
    run.execute("task", "run", "import", "--from", "http://source/ok", "--id", id);

    Run watch = run(false);
    assertThat(watch.execute("task", "watch", id)).isZero();

    assertThat(watch.err()).contains("task %s: has ended".formatted(id));
    assertThat(watch.out()).contains("success");
  }

  @Test
  void anUnknownUploadIsNotFound() {
    assertThat(run.execute("image", "watch-upload", id)).isEqualTo(3);

    assertThat(run.err()).startsWith("vitrine: upload of image %s was not found".formatted(id));
  }

  private void cancelUpload() {
    VitrineClient.on(vitrine.temporal(), FakeVitrine.INSTALLATION)
        .upload(UUID.fromString(id))
        .cancel(Requester.member("olga", "default"));
  }

  private void waitUntilTaskShows(String text) {
    for (int tries = 0; tries < 2_000; tries++) {
      Run show = run(false);
      show.execute("task", "show", id);
      if (show.out().contains(text)) {
        return;
      }
    }
    throw new AssertionError("task show never said " + text);
  }

  private static Run run(boolean terminal) {
    return new Run(terminal, () -> VitrineClient.on(vitrine.temporal(), FakeVitrine.INSTALLATION));
  }
}
