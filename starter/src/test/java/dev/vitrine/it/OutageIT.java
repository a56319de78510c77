package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes the Temporal server away in the middle of an upload and an import, whose processes are
 * fine. The system property {@code vitrine.outages} names more lengths, in seconds: {@code
 * 10,60,300}.
 */
@Timeout(900)
class OutageIT {

  private static final int SIZE = 24 << 20;
  private static final int BEFORE = 8 << 20;
  private static final int DURING = 16 << 20;

  private final byte[] data = new byte[SIZE];
  @TempDir Path directory;
  private OneProcess stack;
  private TemporalProcess temporal;

  /** How the server is away, and for how long. */
  record Outage(boolean killed, Duration length) {}

  /** One that only streams notice, and one that every heartbeat timeout falls into. */
  static Stream<Outage> outages() {
    String asked = System.getProperty("vitrine.outages", "");
    return asked.isEmpty()
        ? Stream.of(
            new Outage(true, Duration.ofSeconds(10)), new Outage(false, Duration.ofSeconds(30)))
        : Stream.of(asked.split(","))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .flatMap(length -> Stream.of(new Outage(true, length), new Outage(false, length)));
  }

  @BeforeEach
  void start() throws Exception {
    new Random(5).nextBytes(data);
    // The source is held up by the test, and no attempt shall end because of that.
    stack = new OneProcess(directory, "transfer: {source-read-timeout: 20m}");
    temporal = stack.temporal();
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @MethodSource("outages")
  void uploadsAndImportsGoOn(Outage outage) throws Exception {
    String imageId = caller().createImage("private", false);
    try (HoldingSource source = new HoldingSource(data, BEFORE);
        Socket upload =
            new ApiProcess(stack.worker(), stack.api()).beginUpload(imageId, data, BEFORE)) {
      String taskId = stack.startImport(source.url());
      source.awaitHeld();
      Eventually.until("data comes in", () -> stored() >= 2L * (BEFORE - (1 << 20)));

      away(outage, upload.getOutputStream());
      source.release();
      upload.getOutputStream().write(data, DURING, SIZE - DURING);

      assertThat(ApiProcess.statusLine(upload)).startsWith("HTTP/1.1 204 ");
      Eventually.until(
          "the import has ended", () -> !stack.taskStatus(taskId).equals("processing"));
      assertThat(stack.taskStatus(taskId)).isEqualTo("success");
      assertThat(source.starts()).containsExactly(0L);
    }
    assertThat(stack.files())
        .hasSize(2)
        .allSatisfy(file -> assertThat(file).hasBinaryContent(data));
  }

  /** The client goes on sending meanwhile, and what it sends is stored. */
  private void away(Outage outage, OutputStream upload) throws Exception {
    long before = stored();
    if (outage.killed()) {
      temporal.kill();
    } else {
      temporal.freeze();
    }
    sendSlowly(outage.length(), upload);
    Eventually.until(
        "data is stored while the server is away",
        () -> stored() >= before + (DURING - BEFORE) - (2 << 20));
    if (outage.killed()) {
      temporal.restart();
    } else {
      temporal.thaw();
    }
  }

  /** As long as the outage lasts: an upload that pauses is another matter. */
  private void sendSlowly(Duration outage, OutputStream upload) throws Exception {
    long seconds = outage.toSeconds();
    CountDownLatch never = new CountDownLatch(1);
    int at = BEFORE;
    for (long second = 1; second <= seconds; second++) {
      assertThat(never.await(1, TimeUnit.SECONDS)).isFalse();
      int to = (int) (BEFORE + (DURING - BEFORE) * second / seconds);
      upload.write(data, at, to - at);
      at = to;
    }
  }

  @Test
  void refusesUploadsAndTasksWhileTheServerIsAway() throws Exception {
    String imageId = caller().createImage("private", false);
    temporal.kill();

    HttpResponse<String> answer =
        caller().send("PUT", "/v2/images/" + imageId + "/file", "application/octet-stream", "data");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("no answer from the Temporal server");
    HttpResponse<String> task = stack.createImport("http://127.0.0.1:1/none");
    assertThat(task.statusCode()).as(task.body()).isEqualTo(503);
    assertThat(task.body()).contains("no answer from the Temporal server");
    temporal.restart();
    Eventually.until(
        "the same upload is taken",
        () ->
            caller()
                    .send(
                        "PUT",
                        "/v2/images/" + imageId + "/file",
                        "application/octet-stream",
                        "data")
                    .statusCode()
                == 204);
  }

  private ApiCaller caller() {
    return stack.caller();
  }

  private long stored() {
    try {
      long sum = 0;
      for (Path file : stack.files()) {
        sum += Files.size(file);
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
