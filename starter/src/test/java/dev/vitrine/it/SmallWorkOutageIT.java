package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Takes the Temporal server away for ten seconds in the middle of small durable work. */
@Timeout(300)
class SmallWorkOutageIT {

  private static final int CLIENTS = 8;
  private static final int SIZE = 1 << 20;

  @TempDir Path directory;
  private OneProcess stack;

  @BeforeEach
  void start() throws Exception {
    stack = new OneProcess(directory, "");
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  /** What a client was told, if it was told anything. */
  private record Upload(String image, int status) {}

  @Test
  void smallUploadsAreDoneOrNot() throws Exception {
    CountDownLatch running = new CountDownLatch(2 * CLIENTS);
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Upload> uploads = new ArrayList<>();
    try {
      List<Future<List<Upload>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> uploadUntilRefused(running)));
      }
      assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
      stack.temporal().kill();
      awayForTenSeconds();
      stack.temporal().restart();
      for (Future<List<Upload>> client : clients) {
        uploads.addAll(client.get());
      }
    } finally {
      threads.shutdownNow();
    }

    for (Upload upload : uploads) {
      if (upload.status() == 204) {
        assertThat(status(upload.image())).isEqualTo("active");
      } else {
        assertThat(upload.status()).isEqualTo(503);
        Eventually.until("the upload is over", () -> !status(upload.image()).equals("saving"));
        if (status(upload.image()).equals("queued")) {
          Eventually.until("it is taken again", () -> upload(upload.image()) == 204);
        }
      }
    }
    Eventually.until("each image has its data, and no more", () -> isStored(uploads.size()));
  }

  /** Ends with the one that was refused: then the server is away. */
  private List<Upload> uploadUntilRefused(CountDownLatch running) {
    List<Upload> uploads = new ArrayList<>();
    while (true) {
      String image = stack.caller().createImage("private", false);
      Upload upload = new Upload(image, upload(image));
      uploads.add(upload);
      running.countDown();
      if (upload.status() != 204) {
        return uploads;
      }
    }
  }

  private boolean isStored(int images) {
    return stack.files().size() == images;
  }

  @Test
  void aSmallImportGoesOn() throws Exception {
    byte[] data = new byte[SIZE];
    new Random(9).nextBytes(data);
    try (HoldingSource source = new HoldingSource(data, SIZE / 2)) {
      String task = stack.startImport(source.url());
      source.awaitHeld();
      stack.temporal().kill();
      awayForTenSeconds();
      stack.temporal().restart();
      source.release();

      Eventually.until("it has ended", () -> !stack.taskStatus(task).equals("processing"));
      assertThat(stack.taskStatus(task)).isEqualTo("success");
    }
    assertThat(stack.files())
        .singleElement()
        .satisfies(file -> assertThat(file).hasBinaryContent(data));
  }

  /** Nobody has heard of the deletion but the registry. */
  @Test
  void dataIsRemovedWhoseRemovalWasNotStartedWhenTheProcessWasKilled() throws Exception {
    String image = stack.caller().createImage("private", false);
    assertThat(upload(image)).isEqualTo(204);
    stack.temporal().kill();
    CompletableFuture<Void> deletion =
        CompletableFuture.runAsync(() -> stack.caller().delete("/v2/images/" + image));
    Eventually.until(
        "it is deleted", () -> stack.caller().get("/v2/images/" + image).statusCode() == 404);
    stack.worker().kill();
    assertThat(deletion.handle((done, broken) -> true).get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(stack.files()).hasSize(1);
    stack.temporal().restart();

    stack.startWorker(Map.of("VITRINE_RECONCILIATION_INTERVAL", "2s"));

    Eventually.until("no data is left", () -> stack.files().isEmpty());
  }

  private static void awayForTenSeconds() throws InterruptedException {
    assertThat(new CountDownLatch(1).await(10, TimeUnit.SECONDS)).isFalse();
  }

  private String status(String image) {
    return stack.first("status", stack.caller().get("/v2/images/" + image).body());
  }

  private int upload(String image) {
    try {
      return new ApiProcess(stack.worker(), stack.api()).upload(image, new byte[] {1, 2, 3});
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
