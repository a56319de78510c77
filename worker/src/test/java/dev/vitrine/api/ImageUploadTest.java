package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.http.Wire;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageUploadTest extends UploadFixture {

  private static final String QCOW2 = "\"disk_format\": \"qcow2\", \"container_format\": \"bare\"";
  private static final long DISK_SIZE = 5L << 30;

  @Test
  void takesDataOfAKnownLength() throws Exception {
    byte[] data = data(500_000);
    UUID id = alice.queued();
    assertThat(alice.upload(id, data).is(204).body()).isEmpty();
    JsonNode image = alice.show(id);
    assertThat(image.path("status").textValue()).isEqualTo("active");
    assertThat(image.path("size").longValue()).isEqualTo(500_000);
    assertThat(image.path("checksum").textValue()).isEqualTo(digest("MD5", data));
    assertThat(image.path("os_hash_algo").textValue()).isEqualTo("sha512");
    assertThat(image.path("os_hash_value").textValue()).isEqualTo(digest("SHA-512", data));
    assertThat(image.path("stores").textValue()).isEqualTo("local");
    assertThat(alice.get(Api.image(id) + "/file").is(200).body()).isEqualTo(data);
  }

  @Test
  void saysHowLargeTheDiskIs() {
    UUID raw = alice.queued();
    alice.upload(raw, data(1000)).is(204);
    assertThat(alice.show(raw).path("virtual_size").longValue()).isEqualTo(1000);
    UUID qcow2 = alice.create(QCOW2);
    alice.upload(qcow2, qcow2(0)).is(204);
    assertThat(alice.show(qcow2).path("virtual_size").longValue()).isEqualTo(DISK_SIZE);
    UUID packed = alice.create("\"disk_format\": \"qcow2\", \"container_format\": \"ova\"");
    alice.upload(packed, data(1000)).is(204);
    assertThat(alice.show(packed).path("virtual_size").isNull()).isTrue();
  }

  @Test
  void takesNoOtherFormatThanTheDeclaredOne() throws Exception {
    UUID id = alice.create(QCOW2);
    assertThat(alice.upload(id, data(300_000)).error(415))
        .contains(id.toString(), "disk_format is qcow2", "no known format", "queued again");
    JsonNode image = alice.show(id);
    assertThat(image.path("status").textValue()).isEqualTo("queued");
    assertThat(image.path("virtual_size").isNull()).isTrue();
    alice
        .patch(id, "[{\"op\": \"replace\", \"path\": \"/disk_format\", \"value\": \"raw\"}]")
        .is(200);
    assertThatItIsAsBefore(id);
  }

  @Test
  void takesNoDiskThatReadsAnotherFile() throws Exception {
    UUID id = alice.create(QCOW2);
    assertThat(alice.upload(id, qcow2(512)).error(415)).contains("backing file", "queued again");
    assertThat(alice.status(id)).isEqualTo("queued");
    UUID raw = alice.queued();
    assertThat(alice.upload(raw, qcow2(512)).error(415)).contains("backing file");
  }

  /** The header of a disk of the version 3, which is all that an empty one needs to be known. */
  private static byte[] qcow2(long backingFileAt) {
    return ByteBuffer.allocate(1024)
        .put(0, new byte[] {'Q', 'F', 'I', (byte) 0xfb})
        .putInt(4, 3)
        .putLong(8, backingFileAt)
        .putInt(20, 16)
        .putLong(24, DISK_SIZE)
        .putInt(100, 104)
        .array();
  }

  @Test
  void takesDataInChunks() throws Exception {
    byte[] data = data(300_000);
    UUID id = alice.queued();
    alice.upload(id, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(data))).is(204);
    assertThat(alice.show(id).path("size").longValue()).isEqualTo(300_000);
  }

  @Test
  void takesALengthThatIsSaidTwiceOrInTheOtherHeader() {
    byte[] data = data(1000);
    UUID twice = alice.queued();
    alice.upload(twice, data, "X-OpenStack-Image-Size", "1000").is(204);
    UUID other = alice.queued();
    alice
        .upload(
            other,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(data)),
            "X-OpenStack-Image-Size",
            "1000")
        .is(204);
    assertThat(alice.show(other).path("size").longValue()).isEqualTo(1000);
  }

  @Test
  void takesAStoreByItsName() {
    UUID id = alice.queued();
    alice.upload(id, data(10), "X-Image-Meta-Store", "local").is(204);
    assertThat(alice.upload(alice.queued(), data(10), "X-Image-Meta-Store", "moon").error(400))
        .contains("there is no such store; there are local");
  }

  @Test
  void takesEmptyData() throws Exception {
    UUID id = alice.queued();
    alice.upload(id, NOTHING).is(204);
    JsonNode image = alice.show(id);
    assertThat(image.path("status").textValue()).isEqualTo("active");
    assertThat(image.path("size").longValue()).isZero();
    assertThat(image.path("checksum").textValue()).isEqualTo(digest("MD5", NOTHING));
    UUID chunked = alice.queued();
    try (Wire wire =
        alice.beginUpload(chunked, CHUNKED, "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))) {
      assertThat(wire.reply().status()).isEqualTo(204);
    }
  }

  @Test
  void takesAMediaTypeWithParameters() {
    UUID id = alice.queued();
    alice
        .send(
            "PUT",
            Api.image(id) + "/file",
            "Application/Octet-Stream; q=1",
            BodyPublishers.ofByteArray(data(10)))
        .is(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "application/x-www-form-urlencoded"})
  void takesNoOtherMediaType(String mediaType) throws Exception {
    UUID id = alice.queued();
    assertThat(
            alice
                .send(
                    "PUT", Api.image(id) + "/file", mediaType, BodyPublishers.ofByteArray(data(10)))
                .error(415))
        .contains(mediaType);
    assertThatItIsAsBefore(id);
  }

  @Test
  void takesNoDataWithoutAMediaType() throws Exception {
    UUID id = alice.queued();
    alice
        .send("PUT", Api.image(id) + "/file", null, BodyPublishers.ofByteArray(data(10)))
        .error(415);
    assertThatItIsAsBefore(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"disk_format\": \"raw\"", "\"container_format\": \"bare\""})
  void takesNoDataBeforeItsFormIsKnown(String fields) {
    UUID id = alice.create(fields);
    assertThat(alice.upload(id, data(10)).error(400)).contains("_format");
    assertThat(alice.status(id)).isEqualTo("queued");
    // No dead end as in the reference, G10.
    alice
        .patch(
            id,
            """
            [{"op": "replace", "path": "/disk_format", "value": "raw"},
             {"op": "replace", "path": "/container_format", "value": "bare"}]
            """)
        .is(200);
    alice.upload(id, data(10)).is(204);
  }

  @Test
  void takesDataOnce() {
    UUID id = alice.active(data(10));
    assertThat(alice.upload(id, data(20)).error(409)).contains("active");
    root.without("POST", Api.image(id) + "/actions/deactivate").is(204);
    alice.upload(id, data(20)).error(409);
    assertThat(alice.show(id).path("size").longValue()).isEqualTo(10);
  }

  @Test
  void tellsAClientThatSendsEverythingFirst() throws Exception {
    UUID id = alice.active(data(10));
    try (Wire wire = alice.beginUpload(id, "Content-Length: 67108864", NOTHING)) {
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        wire.send(block);
      }
      assertThat(wire.reply().status()).isEqualTo(409);
    }
  }

  @Test
  void letsOnlyOneUploadInAtATime() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(100_000);
    try (Wire first = alice.beginUpload(id, "Content-Length: 100000", NOTHING)) {
      awaitStatus(id, "saving");
      assertThat(alice.upload(id, data(20)).error(409)).contains("saving");
      first.send(data);
      assertThat(first.reply().status()).isEqualTo(204);
    }
    assertThat(alice.show(id).path("size").longValue()).isEqualTo(100_000);
  }

  @Test
  void letsOneOfManyThatBeginAtOnceWin() throws Exception {
    UUID id = alice.queued();
    List<Integer> statuses = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= ApiInstallation.UPLOADS_AT_ONCE; i++) {
      byte[] data = data(1000 * i);
      Thread thread =
          new Thread(
              () -> {
                int status = alice.upload(id, data).status();
                synchronized (statuses) {
                  statuses.add(status);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(statuses).containsExactlyInAnyOrder(204, 409, 409);
    JsonNode image = alice.show(id);
    byte[] stored = alice.get(Api.image(id) + "/file").is(200).body();
    assertThat(image.path("size").longValue()).isEqualTo(stored.length);
    assertThat(image.path("checksum").textValue()).isEqualTo(digest("MD5", stored));
    assertThat(installation().stored(id)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "many", "1.5", "99999999999999999999"})
  void refusesALengthThatIsNone(String size) throws Exception {
    UUID id = alice.queued();
    assertThat(alice.upload(id, data(10), "X-OpenStack-Image-Size", size).error(400))
        .contains("'" + size + "'");
    assertThatItIsAsBefore(id);
  }

  @Test
  void refusesTwoLengthsThatDiffer() throws Exception {
    UUID id = alice.queued();
    assertThat(alice.upload(id, data(9), "X-OpenStack-Image-Size", "5").error(400))
        .contains("5")
        .contains("9");
    assertThatItIsAsBefore(id);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 15})
  void refusesDataThatIsNotAsLongAsItWasToBe(int size) throws Exception {
    UUID id = alice.queued();
    try (Wire wire =
        alice.beginUpload(id, CHUNKED + "\nX-OpenStack-Image-Size: " + size, chunk(data(10)))) {
      wire.send(chunk(NOTHING));
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains(id.toString());
    }
    assertThatItIsAsBefore(id);
  }

  @Test
  void refusesDataThatIsTooLarge() throws Exception {
    UUID declared = alice.queued();
    try (Wire wire =
        alice.beginUpload(
            declared, "Content-Length: " + (ApiInstallation.MAX_IMAGE_SIZE + 1), NOTHING)) {
      assertThat(wire.reply().status()).isEqualTo(413);
    }
    assertThatItIsAsBefore(declared);
    UUID chunked = alice.queued();
    try (Wire wire =
        alice.beginUpload(chunked, CHUNKED, chunk(data(ApiInstallation.MAX_IMAGE_SIZE + 1)))) {
      wire.send(chunk(NOTHING));
      assertThat(wire.reply().status()).isEqualTo(413);
    }
    assertThatItIsAsBefore(chunked);
  }

  @Test
  void takesDataOfTheLargestSize() {
    UUID id = alice.active(data(ApiInstallation.MAX_IMAGE_SIZE));
    assertThat(alice.show(id).path("size").intValue()).isEqualTo(ApiInstallation.MAX_IMAGE_SIZE);
  }
}
