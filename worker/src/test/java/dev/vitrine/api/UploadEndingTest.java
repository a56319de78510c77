package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.http.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
    ApiInstallation.await("no data is left", () -> installation().stored(id).isEmpty());
    assertThat(installation().registry().locations(id)).isEmpty();
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
}
