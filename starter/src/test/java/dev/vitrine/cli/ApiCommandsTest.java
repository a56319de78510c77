package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.fake.FakeImageApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against a server of the image API: what they ask, print and exit with. */
class ApiCommandsTest {

  private static final String MISSING = "00000000-0000-4000-8000-000000000404";

  private final FakeImageApi server = FakeImageApi.start();
  private Run run = run(false);

  @TempDir private Path dir;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsImagesAsATable() {
    UUID first = server.images().addActive("cirros", new byte[2048]);
    UUID second = server.images().addQueued("a name\u001B[31m");

    assertThat(execute("image", "list")).isZero();

    assertThat(run.out().lines())
        .containsExactly(
            "ID                                    NAME         STATUS     SIZE  VISIBILITY",
            first + "  cirros       active  2.0 KiB  shared",
            second + "  a name?[31m  queued           shared");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void listsImagesAsOneJsonDocument() {
    UUID id = server.images().addActive("cirros", new byte[2048]);

    assertThat(execute("image", "list", "--json")).isZero();

    JsonNode images = run.json().required("images");
    assertThat(images).hasSize(1);
    assertThat(images.get(0).required("id").asText()).isEqualTo(id.toString());
    assertThat(images.get(0).required("checksum").asText()).hasSize(32);
  }

  @Test
  void anEmptyListIsSaidToBeOne() {
    assertThat(execute("image", "list")).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualToIgnoringNewLines("no images");

    run = run(false);
    assertThat(execute("image", "list", "--json")).isZero();
    assertThat(run.json().required("images")).isEmpty();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void listsNoMoreThanIsAskedFor() {
    for (int image = 0; image < 5; image++) {
      server.images().addQueued("image");
    }

    assertThat(execute("image", "list", "--limit", "3", "--page-size", "2", "--json")).isZero();

    assertThat(run.json().required("images")).hasSize(3);
  }

  @Test
  void asksForWhatIsWanted() {
    assertThat(
            execute(
                "image",
                "list",
                "--name=x",
                "--public",
                "--tag=a",
                "--tag=b",
                "--property=os_distro=ubuntu",
                "--sort=name:asc",
                "--hidden",
                "--limit=7"))
        .isZero();

    assertThat(server.requests())
        .containsExactly(
            "GET /v2/images?name=x&visibility=public&os_hidden=true&sort=name%3Aasc&tag=a&tag=b"
                + "&os_distro=ubuntu&limit=7");
  }

  @Test
  void showsAnImage() {
    UUID id = server.images().addActive("cirros", new byte[2048]);

    assertThat(execute("image", "show", id.toString())).isZero();

    assertThat(run.out())
        .contains("name        cirros", "size        2048 (2.0 KiB)", "2026-07-01T12:00:00Z");
  }

  @Test
  void createsAnImageWithItsDataAndChecksWhatTheServerHas() throws IOException {
    Path file = Files.write(dir.resolve("disk.img"), new byte[300_000]);

    assertThat(
            execute(
                "image",
                "create",
                "jammy",
                "--file",
                file.toString(),
                "--disk-format=qcow2",
                "--private",
                "--property=os_distro=ubuntu",
                "--tag=lts",
                "--json"))
        .isZero();

    JsonNode image = run.json();
    assertThat(image.required("name").asText()).isEqualTo("jammy");
    assertThat(image.required("status").asText()).isEqualTo("active");
    assertThat(image.required("size").asLong()).isEqualTo(300_000);
    assertThat(image.required("disk_format").asText()).isEqualTo("qcow2");
    assertThat(image.required("visibility").asText()).isEqualTo("private");
    assertThat(image.required("os_distro").asText()).isEqualTo("ubuntu");
    assertThat(image.required("tags").get(0).asText()).isEqualTo("lts");
    assertThat(image.required("owner").asText()).isEqualTo("blue");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void createsNothingIfThereIsNoFile() {
    assertThat(execute("image", "create", "--file", dir.resolve("none").toString())).isEqualTo(2);

    assertThat(server.requests()).isEmpty();
  }

  @Test
  void uploadsStandardInput() {
    UUID id = server.images().addQueued("x");
    run = run(false, "from a pipe");

    assertThat(execute("image", "upload", id.toString(), "-")).isZero();

    assertThat(run.out()).contains("size        11 (11 B)");
    assertThat(run.err().lines())
        .containsExactly(
            "upload of image %s: started".formatted(id),
            "upload of image %s: upload, 11 B".formatted(id),
            "upload of image %s: active".formatted(id));
  }

  @Test
  void anUploadThatArrivedOtherwiseIsFailedWork() {
    UUID id = server.images().addQueued("x");
    server.flipsBits = true;
    run = run(false, "from a pipe");

    assertThat(execute("image", "upload", id.toString(), "-", "--json")).isEqualTo(6);

    assertThat(run.out()).isEmpty();
    assertThat(run.error().required("kind").asText()).isEqualTo("DataMismatch");
  }

  @Test
  void anImageThatHasDataGetsNoneAndNothingIsSent() {
    UUID id = server.images().addActive("x", new byte[1]);
    run = run(false, "more");

    assertThat(execute("image", "upload", id.toString(), "-")).isEqualTo(4);

    assertThat(run.err()).contains("image %s is active".formatted(id));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void savesAnImageToAFileAndToAPipe() {
    byte[] data = "some data".getBytes(StandardCharsets.UTF_8);
    UUID id = server.images().addActive("x", data);
    Path file = dir.resolve("x.img");

    assertThat(execute("image", "save", id.toString(), "--file", file.toString())).isZero();
    assertThat(file).hasBinaryContent(data);
    assertThat(run.out()).contains("digest  as the server says");

    run = run(false);
    assertThat(execute("image", "save", id.toString())).isZero();
    assertThat(run.data()).isEqualTo(data);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void goesOnWithADownloadThatAnEarlierCommandBegan() {
    byte[] data = new byte[100_000];
    UUID id = server.images().addActive("x", data);
    Path file = dir.resolve("x.img");
    server.truncateNextDownloadAfter(60_000);
    server.truncateNextDownloadAfter(0);
    List<String> save =
        List.of("image", "save", id.toString(), "--file", file.toString(), "--retries=0");

    assertThat(execute(save.toArray(String[]::new))).isEqualTo(7);
    assertThat(run.err()).contains("60000 bytes are kept in " + file + ".part");

    run = run(false);
    assertThat(execute(save.toArray(String[]::new))).isZero();
    assertThat(run.err()).contains("58.6 KiB of 97.7 KiB were here already");
    assertThat(file).hasBinaryContent(data);
  }

  @Test
  void savesNothingOverAFileNorToATerminalNorOfAQueuedImage() throws IOException {
    UUID id = server.images().addActive("x", new byte[1]);
    Path file = Files.writeString(dir.resolve("x.img"), "precious");

    assertThat(execute("image", "save", id.toString(), "--file", file.toString())).isEqualTo(4);
    assertThat(execute("image", "save", id.toString(), "--json")).isEqualTo(2);
    assertThat(execute("image", "save", server.images().addQueued("q").toString())).isEqualTo(4);
    run = run(true);
    assertThat(execute("image", "save", id.toString())).isEqualTo(2);

    assertThat(file).hasContent("precious");
  }

  @Test
  void setsAndUnsets() {
    String id = server.images().addQueued("old").toString();

    assertThat(
            execute(
                "image",
                "set",
                id,
                "--name=new",
                "--property=a=1",
                "--property=b=2",
                "--tag=x",
                "--tag=y",
                "--community",
                "--protected"))
        .isZero();
    run = run(false);
    assertThat(execute("image", "unset", id, "--property=a", "--tag=x", "--json")).isZero();

    assertThat(run.json().required("name").asText()).isEqualTo("new");
    assertThat(run.json().required("visibility").asText()).isEqualTo("community");
    assertThat(run.json().required("protected").asBoolean()).isTrue();
    assertThat(run.json().has("a")).isFalse();
    assertThat(run.json().required("b").asText()).isEqualTo("2");
    assertThat(run.json().required("tags")).hasSize(1);
    run = run(false);
    assertThat(execute("image", "unset", id, "--tag=x")).isEqualTo(3);
    assertThat(execute("image", "set", id, "--property=os_glance_x=1")).isEqualTo(5);
    assertThat(execute("image", "delete", id)).isEqualTo(5);
  }

  @Test
  void sharesAnImage() {
    String id = server.images().addQueued("x").toString();

    assertThat(execute("image", "member", "add", id, "red")).isZero();
    assertThat(execute("image", "member", "set", id, "red", "--status=accepted")).isZero();
    run = run(false);
    assertThat(execute("image", "member", "list", id)).isZero();
    assertThat(run.out().lines()).containsExactly("MEMBER  STATUS", "red     accepted");
    assertThat(execute("image", "member", "remove", id, "red")).isZero();
    assertThat(execute("image", "member", "remove", id, "red")).isEqualTo(3);
  }

  @Test
  void showsAnImagesHistory() {
    String id = server.images().addActive("x", new byte[1]).toString();

    assertThat(execute("image", "history", id)).isZero();

    assertThat(run.out().lines())
        .containsExactly(
            "AT                    FROM    TO      EVENT             CAUSE",
            "2026-07-01T12:00:00Z  queued  saving  begin upload      asked by anna",
            "2026-07-01T12:00:00Z  saving  active  upload succeeded  asked by anna");
    server.vitrine = false;
    assertThat(execute("image", "history", id)).isEqualTo(3);
    assertThat(run.err()).contains("this server does not have the history of images");
  }

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
                    "tags", "a,b")));
  }

  @Test
  void runsListsAndShowsTasks() {
    assertThat(execute("task", "run", "import", "--from", "http://source/broken")).isEqualTo(6);
    assertThat(run.err()).contains("failed: the source answered 404");
    assertThat(execute("task", "run", "clone", MISSING, "--property=name=copy")).isZero();
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

  @Test
  void measuresTheServer() {
    assertThat(execute("bench", "upload", "--size=4KiB", "--count=1", "--json")).isZero();

    assertThat(run.json().required("bench").asText()).isEqualTo("upload");
    assertThat(run.json().required("reference").get(0).required("unit").asText()).isEqualTo("MB/s");
    assertThat(run.err()).isEmpty();
    run = run(false);
    assertThat(execute("bench", "api", "--images=3", "--count=2", "--parallel=2")).isZero();
    assertThat(run.out()).contains("create", "first page of 25", "list 3 by 25", "delete");
    assertThat(server.images().all()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void measuresTheProcessesOfTheServer() {
    String pid = Long.toString(ProcessHandle.current().pid());

    assertThat(execute("bench", "download", "--size=4KiB", "--count=1", "--pid", pid)).isZero();

    assertThat(run.out())
        .contains("this machine: loopback GET", "download, CPU of the server", "peak memory");
  }

  @Test
  void oneErrorIsPrintedWithTheServersOwnWords() {
    assertThat(execute("image", "show", MISSING)).isEqualTo(3);

    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "vitrine: image %s: No image found with ID %s (HTTP 404, req-1)\n"
                .formatted(MISSING, MISSING));
  }

  @Test
  void findsTheApiByTheVariablesOfACloud() {
    server.authenticates = true;
    server.images().addQueued("x");
    Map<String, String> cloud =
        Map.of(
            "OS_AUTH_URL", server.keystone().url(),
            "OS_USERNAME", "anna",
            "OS_PASSWORD", "secret",
            "OS_REGION_NAME", "west");
    run = run(cloud);

    assertThat(run.execute("image", "list", "--json")).isZero();

    assertThat(run.json().required("images")).hasSize(1);
    Run wrong =
        run(
            Map.of(
                "OS_AUTH_URL",
                server.keystone().url(),
                "OS_USERNAME",
                "anna",
                "OS_PASSWORD",
                "hunter2"));
    assertThat(wrong.execute("image", "list", "--verbose")).isEqualTo(5);
    assertThat(wrong.err()).doesNotContain("hunter2");
  }

  @Test
  void temporalIsTakenWhereItsVariablesNameItAndNoOptionSaysOtherwise() {
    Map<String, String> both =
        Map.of("TEMPORAL_ADDRESS", "nowhere:7233", "OS_AUTH_URL", server.keystone().url());

    assertThat(run(both).execute("task", "show", MISSING)).isEqualTo(1);
    assertThat(run(Map.of("VITRINE_API", server.url())).execute("task", "show", MISSING))
        .isEqualTo(3);
  }

  @Test
  void whatNeedsAnApiSaysHowToNameOne() {
    for (String command : List.of("list", "create x", "show " + MISSING, "history " + MISSING)) {
      run = run(false);
      List<String> args = new ArrayList<>(List.of("image"));
      args.addAll(List.of(command.split(" ", -1)));
      assertThat(run.execute(args.toArray(String[]::new))).isEqualTo(2);

      assertThat(run.err()).contains("give --api URL", "VITRINE_API", "OS_AUTH_URL");
    }
  }

  private int execute(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--api", server.url()));
    return run.execute(all.toArray(String[]::new));
  }

  private static Run run(Map<String, String> environment) {
    return run(false, environment, InputStream.nullInputStream());
  }

  private static Run run(boolean terminal) {
    return run(terminal, Map.of(), InputStream.nullInputStream());
  }

  private static Run run(boolean terminal, String input) {
    return run(
        terminal, Map.of(), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  private static Run run(boolean terminal, Map<String, String> environment, InputStream in) {
    return new Run(
        terminal,
        environment,
        in,
        () -> {
          throw new IllegalStateException("Temporal is not to be asked");
        });
  }
}
