package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.http.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Uploads that end otherwise than by their last byte, and what their clients are told meanwhile.
 */
class UploadEndingTest extends UploadFixture {

  /** The reference's image stays in saving, its data in the store, if a process dies: G3. */
  @Test
  void forgetsAnUploadWhoseClientDisappears() throws Exception {
    UUID id = alice.queued();
    stalled(id).close();
    assertThatItIsAsBefore(id);
    UUID chunked = alice.queued();
    try (Wire wire = alice.beginUpload(chunked, CHUNKED, chunk(data(100_000)))) {
      awaitStatus(chunked, "saving");
      wire.end();
    }
    assertThatItIsAsBefore(chunked);
  }

  @Test
  void takesDataAsSoonAsTheImageIsQueuedAgain() throws Exception {
    for (int i = 0; i < 5; i++) {
      UUID id = alice.queued();
      stalled(id).close();
      awaitStatus(id, "queued");

      alice.upload(id, data(10)).is(204);
      assertThat(alice.status(id)).isEqualTo("active");
    }
  }

  @Test
  void endsAnUploadAtOnceWhenTheImageIsDeleted() throws Exception {
    UUID id = alice.queued();
    try (Wire wire = stalled(id)) {
      alice.delete(Api.image(id)).is(204);
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(410);
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(reply.body()).contains(id.toString()).contains("deleted");
    }
    alice.get(Api.image(id)).error(404);
    alice.upload(id, data(10)).error(404);
    ApiInstallation.await(
        "no location is left", () -> installation().registry().locations().of(id).isEmpty());
    assertThat(installation().stored(id)).isEmpty();
  }

  @Test
  void saysHowFarItIs() throws Exception {
    UUID id = alice.queued();
    try (Wire wire = stalled(id)) {
      ApiInstallation.await(
          "something is there",
          () ->
              alice.get(Api.image(id) + "/progress").is(200).json().path("total").asLong()
                  == 500_000);
      bob.get(Api.image(id) + "/progress").error(404);
      wire.end();
    }
    awaitStatus(id, "queued");
    Api.Reply events =
        alice.get(Api.image(id) + "/progress", "Accept", "text/event-stream").is(200);
    assertThat(events.body())
        .asString()
        .startsWith("data: {\"status\":\"queued\"")
        .endsWith("\n\n");
  }

  @Test
  void takesNoMoreAtOnceThanItMay() throws Exception {
    List<Wire> wires = new ArrayList<>();
    List<UUID> images = new ArrayList<>();
    try {
      for (int i = 0; i < ApiInstallation.UPLOADS_AT_ONCE; i++) {
        UUID id = alice.queued();
        images.add(id);
        wires.add(stalled(id));
      }
      UUID more = alice.queued();
      Api.Reply reply = alice.upload(more, data(10));
      reply.error(503);
      assertThat(reply.header("Retry-After")).isNotNull();
      assertThat(alice.status(more)).isEqualTo("queued");

      wires.remove(0).close();
      awaitStatus(images.get(0), "queued");
      ApiInstallation.await("there is room", () -> alice.upload(more, data(10)).status() == 204);
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
      for (UUID id : images) {
        awaitStatus(id, "queued");
      }
    }
  }

  @Test
  void asksForTheBodyOnlyWhenItIsWanted() throws Exception {
    UUID id = alice.queued();
    try (Wire wire = alice.beginUpload(id, "Expect: 100-continue\nContent-Length: 10", NOTHING)) {
      assertThat(wire.replyWithoutBody().status()).isEqualTo(100);
      assertThat(wire.send(data(10)).reply().status()).isEqualTo(204);
    }
    try (Wire wire = alice.beginUpload(id, "Expect: 100-continue\nContent-Length: 10", NOTHING)) {
      assertThat(wire.reply().status()).isEqualTo(409);
    }
  }

  @Test
  void tellsItsClientWhenTheWorkerStops() throws Exception {
    try (ApiInstallation own = new ApiInstallation()) {
      Api carol = own.as("carol", "acme", "member");
      UUID id = carol.queued();
      try (Wire wire = carol.beginUpload(id, "Content-Length: 500000", data(100_000))) {
        ApiInstallation.await("it has begun", () -> carol.status(id).equals("saving"));
        own.stopWorker();
        Wire.Reply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isNotNull();
      }
    }
  }

  @Test
  void leavesSomethingToOtherProjectsAndEndsWhatPausesTooLong() throws Exception {
    Map<String, String> settings =
        Map.of(
            "VITRINE_API_CONCURRENT_UPLOADS_PER_PROJECT", "1",
            "VITRINE_API_UPLOAD_IDLE_TIMEOUT", "2s");
    try (ApiInstallation own = new ApiInstallation(settings)) {
      Api carol = own.as("carol", "acme", "member");
      Api dave = own.as("dave", "other", "member");
      UUID id = carol.queued();
      try (Wire wire = carol.beginUpload(id, "Content-Length: 500000", data(100_000))) {
        ApiInstallation.await("it has begun", () -> carol.status(id).equals("saving"));
        Api.Reply refused = carol.upload(carol.queued(), data(10));
        assertThat(refused.error(503)).contains("project acme");
        assertThat(refused.header("Retry-After")).isNotNull();
        dave.active(data(10));

        Wire.Reply reply = wire.reply();
        assertThat(reply.status()).as(reply.body()).isEqualTo(408);
        assertThat(reply.body()).contains("queued again");
      }
      assertThat(carol.status(id)).isEqualTo("queued");
      ApiInstallation.await("its slot is free", () -> carol.upload(id, data(10)).status() == 204);
    }
  }

  @Test
  void endsAnUploadThatDribbles() throws Exception {
    Map<String, String> settings =
        Map.of("VITRINE_API_UPLOAD_LEAST_RATE", "1TiB", "VITRINE_API_UPLOAD_RATE_WINDOW", "50ms");
    try (ApiInstallation own = new ApiInstallation(settings)) {
      Api carol = own.as("carol", "acme", "member");
      UUID id = carol.queued();
      try (Wire wire = carol.beginUpload(id, CHUNKED, NOTHING)) {
        CompletableFuture<Void> dribble =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    while (true) {
                      wire.send(chunk(data(1)));
                    }
                  } catch (IOException told) {
                    // As it should be.
                  }
                });
        assertThat(wire.reply().status()).isEqualTo(408);
        wire.end();
        dribble.join();
      }
      assertThat(carol.status(id)).isEqualTo("queued");
    }
  }

  @Test
  void hasSoManyEventStreamsOfACaller() throws Exception {
    Map<String, String> settings = Map.of("VITRINE_API_EVENT_STREAMS_PER_CALLER", "2");
    try (ApiInstallation own = new ApiInstallation(settings)) {
      Api carol = own.as("carol", "acme", "member");
      UUID id = carol.queued();
      List<Wire> streams = new ArrayList<>();
      try (Wire upload = carol.beginUpload(id, "Content-Length: 500000", data(100_000))) {
        ApiInstallation.await("it has begun", () -> carol.status(id).equals("saving"));
        for (int i = 0; i < 2; i++) {
          Wire stream =
              carol.connect("GET", Api.image(id) + "/progress", "Accept: text/event-stream");
          streams.add(stream);
          assertThat(stream.replyWithoutBody().status()).isEqualTo(200);
        }
        String path = Api.image(id) + "/progress";
        carol.get(path, "Accept", "text/event-stream").error(429);
        carol.get(path).is(200);
        own.as("dave", "acme", "member").get(path).is(200);
        assertThat(upload.send(data(400_000)).reply().status()).isEqualTo(204);
      }
      ApiInstallation.await(
          "the streams have ended with the upload",
          () ->
              carol.get(Api.image(id) + "/progress", "Accept", "text/event-stream").status()
                  == 200);
      for (Wire stream : streams) {
        stream.close();
      }
    }
  }
}
