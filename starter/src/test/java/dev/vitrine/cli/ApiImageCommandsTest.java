package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The commands on images against a server of the image API: what they ask, print and exit with. */
class ApiImageCommandsTest extends ApiCommandsFixture {

  @Test
  void listsImagesAsATable() {
    UUID first = server.images().addActive("cirros", new byte[2048]);
    UUID second = server.images().addQueued("a name\u001B[31m");

    assertThat(execute("image", "list")).isZero();

    assertThat(run.out().lines())
        .containsExactly(
            "ID                                    NAME              STATUS     SIZE  VISIBILITY",
            first + "  cirros            active  2.0 KiB  shared",
            second + "  a name\\u001b[31m  queued           shared");
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
  void showsWhatAWebhookDidNotTakeAndHasItSentAgain() {
    assertThat(execute("webhook", "list")).isZero();
    assertThat(run.out()).contains("hook", "9");
    run = run(false);
    assertThat(execute("webhook", "dead-letters", "hook")).isZero();
    assertThat(run.out()).contains("it answered 422");
    run = run(false);
    assertThat(execute("webhook", "resend", "hook", "7")).isZero();
    assertThat(run.out()).contains("sending  1");
    assertThat(execute("webhook", "resend", "hook", "--all")).isZero();
    assertThat(server.requests())
        .contains(
            "POST /v2/webhooks/hook/dead-letters/7/resend",
            "POST /v2/webhooks/hook/dead-letters/resend");
    assertThat(execute("webhook", "resend", "hook")).isEqualTo(2);
    assertThat(execute("webhook", "resend", "hook", "7", "--all")).isEqualTo(2);
    assertThat(run.err()).contains("give the numbers of events, or --all");
  }

  @Test
  void showsWhatReconciliationWouldDo() {
    assertThat(execute("reconcile", "--dry-run", "--limit=1")).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "WOULD   WHAT                  WHY",
            "settle  abandoned_upload      image 1 is saving",
            "remove  task t1               its time to live is over",
            "purge   image i1              deleted for the retention time",
            "remove  3 idempotency keys    expired",
            "remove  4 dead letters        kept for webhooks.retention",
            "remove  1 places of webhooks  nobody tells them");
    assertThat(run.err()).contains("there is more", "2 rows: Temporal said nothing");
    run = run(false);
    assertThat(execute("reconcile", "--dry-run")).isZero();
    assertThat(run.err()).contains("nothing would be done");
    assertThat(execute("reconcile")).isEqualTo(2);
    assertThat(run.err()).contains("give --dry-run");
  }

  @Test
  void showsWhoDidWhatToEverything() {
    assertThat(execute("audit", "list", "--user=a b", "--since=2026-07-01")).isZero();

    assertThat(run.out().lines())
        .containsExactly(
            "AT                    USER  PROJECT  SUBJECT                                     EVENT"
                + "             TO",
            "2026-07-01T12:00:00Z  anna  red      image 00000000-0000-0000-0000-000000000001 "
                + " upload succeeded  active",
            "2026-07-01T12:00:00Z                 task 00000000-0000-0000-0000-000000000001  "
                + " create            pending");
    assertThat(server.requests()).contains("GET /v2/audit?user=a%20b&since=2026-07-01&limit=100");
    assertThat(execute("audit", "list", "--limit=0")).isEqualTo(2);
    server.vitrine = false;
    assertThat(execute("audit", "list")).isEqualTo(3);
    assertThat(run.err()).contains("this server has no audit");
  }
}
