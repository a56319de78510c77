package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Temporal can do as well, against a server of the image API. */
class ApiTaskCommandsTest extends ApiCommandsFixture {

  @Test
  void theCommandsThatTemporalCanDoWorkAsWell() {
    String id = server.images().addActive("x", new byte[1]).toString();

    assertThat(execute("image", "deactivate", id)).isZero();
    assertThat(run.out()).contains("status      deactivated");
    assertThat(execute("image", "reactivate", id)).isZero();
    run = run(false);
    assertThat(execute("image", "delete", id, "--json")).isZero();
    assertThat(run.json().required("image").required("status").asText()).isEqualTo("deleted");
    assertThat(execute("image", "delete", id)).isEqualTo(3);
    run = run(false);
    assertThat(execute("image", "register", "--name=y", "--json")).isZero();
    assertThat(run.json().required("status").asText()).isEqualTo("queued");
    String registered = run.json().required("id").asText();
    assertThat(execute("image", "add-location", registered, "http://elsewhere/y")).isZero();
    assertThat(server.images().find(registered).field("status")).isEqualTo("active");
  }

  @Test
  void uploadsAFileByCreatingAnImageOrToOneThatExists() throws IOException {
    Path file = Files.writeString(dir.resolve("disk.img"), "data");
    UUID queued = server.images().addQueued("x");

    assertThat(execute("upload", file.toString(), "--size=4")).isZero();
    assertThat(execute("upload", file.toString(), "--existing", "--id", queued.toString()))
        .isZero();
    assertThat(execute("upload", file.toString(), "--size=5")).isEqualTo(6);

    assertThat(server.images().all())
        .extracting(image -> image.field("name") + " " + image.field("status"))
        .containsExactly("x active", "disk.img active");
  }

  @Test
  void importsAUrlAsATask() {
    assertThat(
            execute(
                "upload",
                "http://source/ok",
                "--name=jammy",
                "--disk-format=qcow2",
                "--public",
                "--tag=a",
                "--tag=b",
                "--json"))
        .isZero();

    assertThat(run.json().required("status").asText()).isEqualTo("success");
    assertThat(server.tasks().inputs())
        .containsExactly(
            Map.of(
                "import_from",
                "http://source/ok",
                "import_from_format",
                "qcow2",
                "image_properties",
                Map.of(
                    "name", "jammy",
                    "container_format", "bare",
                    "visibility", "public",
                    "tags", List.of("a", "b"))));
  }

  @Test
  void runsListsAndShowsTasks() {
    assertThat(execute("task", "run", "import", "--from", "http://source/broken")).isEqualTo(6);
    assertThat(run.err()).contains("failed: the source answered 404");
    assertThat(
            execute(
                "task", "run", "clone", MISSING, "--property=name=copy", "--property=tags=a, b"))
        .isZero();
    assertThat(server.tasks().inputs().get(1))
        .isEqualTo(
            Map.of(
                "image_id",
                MISSING,
                "image_properties",
                Map.of("name", "copy", "tags", List.of("a", "b"))));
    run = run(false);
    assertThat(execute("task", "list")).isZero();
    assertThat(run.out()).contains("import  failure", "clone   success");
    run = run(false);
    assertThat(execute("task", "list", "--image", UUID.randomUUID().toString())).isEqualTo(3);
    assertThat(execute("task", "show", MISSING)).isEqualTo(3);
  }

  @Test
  void watchesATaskAndCancelsIt() {
    assertThat(
            execute("task", "run", "import", "--from", "http://source/hold", "--no-wait", "--json"))
        .isZero();
    String id = run.json().required("task_id").asText();
    Run watch = run(true);
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(
            () -> watch.execute("task", "watch", id, "--api", server.url()));

    watch.awaitErr("transfer [============            ]  50%  1.0 KiB / 2.0 KiB");
    run = run(false);
    assertThat(execute("task", "cancel", id)).isZero();

    assertThat(run.out()).contains("requested");
    assertThat(exit.join()).isEqualTo(6);
    assertThat(watch.err()).contains("cancelled by anna");
  }

  @Test
  void watchesAnUploadByItsImage() {
    UUID active = server.images().addActive("x", new byte[1]);
    UUID queued = server.images().addQueued("y");

    assertThat(execute("image", "watch-upload", active.toString())).isZero();
    assertThat(run.err()).contains("has ended");
    assertThat(execute("image", "watch-upload", queued.toString())).isEqualTo(6);
    assertThat(execute("image", "cancel-upload", queued.toString())).isEqualTo(2);
    assertThat(run.err()).contains("the image API can't cancel an upload");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upload FILE --policy kill",
        "upload FILE --no-wait",
        "upload - --size 1",
        "upload http://x/ok --existing --id " + MISSING,
        "upload http://x/ok --checksum 00000000000000000000000000000000",
        "task run import --from http://x/ok --id " + MISSING,
        "image delete " + MISSING + " --delay 1h",
        "image delete " + MISSING + " --wait",
        "image delete " + MISSING + " --admin",
        "image delete " + MISSING + " --user olga",
        "image register --size 0",
        "image create a --name b",
        "image set " + MISSING,
        "image set " + MISSING + " --protected --unprotected",
        "image set " + MISSING + " --public --private",
        "image unset " + MISSING,
        "image list --limit 0",
        "image list --all --public",
        "image save " + MISSING + " --file x --retries -1"
      })
  void whatTheApiCannotDoIsRefusedBeforeAnythingIsAsked(String line) throws IOException {
    String file = Files.writeString(dir.resolve("disk.img"), "data").toString();

    assertThat(execute(line.replace("FILE", file).split(" ", -1))).isEqualTo(2);

    assertThat(run.err()).startsWith("vitrine: ");
    assertThat(server.requests()).isEmpty();
  }
}
