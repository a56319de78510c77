package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.http.Wire;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/** Uploads that a test begins, and what they must have left. */
abstract class UploadFixture extends ApiTest {

  static final byte[] NOTHING = {};
  static final String CHUNKED = "Transfer-Encoding: chunked";

  static byte[] data(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }

  static String digest(String algorithm, byte[] data) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(data));
  }

  static byte[] chunk(byte[] data) {
    byte[] head = (Integer.toHexString(data.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] chunk = new byte[head.length + data.length + 2];
    System.arraycopy(head, 0, chunk, 0, head.length);
    System.arraycopy(data, 0, chunk, head.length, data.length);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    return chunk;
  }

  void awaitStatus(UUID id, String status) throws InterruptedException {
    ApiInstallation.await(id + " is " + status, () -> alice.status(id).equals(status));
  }

  /** An upload of which a part has come and the rest doesn't. */
  Wire stalled(UUID id) throws Exception {
    Wire wire = alice.beginUpload(id, "Content-Length: 500000", data(100_000));
    awaitStatus(id, "saving");
    return wire;
  }

  /** Nothing of the image's data is anywhere, and it waits for data again. */
  void assertThatItIsAsBefore(UUID id) throws InterruptedException {
    awaitStatus(id, "queued");
    JsonNode image = alice.show(id);
    assertThat(image.path("size").isNull()).isTrue();
    assertThat(image.path("checksum").isNull()).isTrue();
    assertThat(image.has("stores")).isFalse();
    ApiInstallation.await("no data is left", () -> called().stored(id).isEmpty());
    ApiInstallation.await(
        "no location is left", () -> called().registry().locations().of(id).isEmpty());
    alice.upload(id, data(10)).is(204);
    assertThat(alice.status(id)).isEqualTo("active");
  }
}
