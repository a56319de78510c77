package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that nobody should open gets into no store, whichever way it is imported. */
class RefusedFormatsTest extends ImportFixture {

  private static final int CLUSTER = 1 << 16;

  @Override
  ApiInstallation called() {
    return manySteps();
  }

  static Stream<Arguments> dangerous() {
    byte[] both = qcow2(0, 0);
    both[510] = 0x55;
    both[511] = (byte) 0xaa;
    both[446 + 4] = 7;
    both[446 + 8] = 1;
    both[446 + 12] = 1;
    return Stream.of(
        Arguments.of("qcow2", qcow2(CLUSTER, 0), "backing file"),
        Arguments.of("qcow2", qcow2(0, 4), "data in another file"),
        Arguments.of(
            "vmdk", vmdk("monolithicFlat", "RW 4096 FLAT \"disk-flat.vmdk\" 0"), "monolithicflat"),
        Arguments.of("vmdk", vmdk("monolithicSparse", "RW 4096 SPARSE \"/etc/shadow\""), "outside"),
        Arguments.of("qcow2", both, "at once"));
  }

  /** QEMU's, of version 3 and 1 GiB, with no data. */
  private static byte[] qcow2(long backingFileAt, long features) {
    ByteBuffer disk = ByteBuffer.allocate(4 * CLUSTER);
    disk.putInt(0, 0x514649fb).putInt(4, 3).putLong(8, backingFileAt);
    disk.putInt(16, backingFileAt == 0 ? 0 : 11).putInt(20, 16).putLong(24, 1L << 30);
    disk.putInt(36, 1).putLong(40, 3 * CLUSTER).putLong(48, CLUSTER).putInt(56, 1);
    disk.putLong(72, features).putInt(96, 4).putInt(100, 104);
    if (backingFileAt != 0) {
      disk.put((int) backingFileAt, "/etc/shadow".getBytes(StandardCharsets.US_ASCII));
    }
    return disk.array();
  }

  /** VMware's, of 2 MiB, with its descriptor within. */
  private static byte[] vmdk(String type, String extent) {
    ByteBuffer disk = ByteBuffer.allocate(CLUSTER).order(ByteOrder.LITTLE_ENDIAN);
    disk.put(0, "KDMV".getBytes(StandardCharsets.US_ASCII)).putInt(4, 1).putInt(8, 3);
    disk.putLong(12, 4096).putLong(20, 128).putLong(28, 1).putLong(36, 20).putInt(44, 512);
    disk.putLong(56, 21).putLong(64, 128);
    disk.put(73, "\n \r\n".getBytes(StandardCharsets.US_ASCII));
    String descriptor =
        """
        # Disk DescriptorFile
        version=1
        CID=fffffffe
        parentCID=ffffffff
        createType="%s"
        %s
        """;
    disk.put(512, descriptor.formatted(type, extent).getBytes(StandardCharsets.US_ASCII));
    return disk.array();
  }

  private UUID declared(String format, String container) {
    return alice.create(
        "\"disk_format\": \"%s\", \"container_format\": \"%s\"".formatted(format, container));
  }

  @ParameterizedTest
  @MethodSource("dangerous")
  void byStage(String format, byte[] data, String why) throws Exception {
    UUID id = declared(format, "bare");

    assertThat(stage(id, data).error(415)).contains(id.toString(), why);

    assertThat(importInto(alice, id, DIRECT.formatted("")).status()).isEqualTo(409);
    assertThatNothingIsLeft(id);
  }

  @ParameterizedTest
  @MethodSource("dangerous")
  void fromTheWebIntoAllStores(String format, byte[] data, String why) throws Exception {
    UUID id = declared(format, "bare");
    for (boolean all : new boolean[] {true, false}) {
      try (ByteSource source = ByteSource.of(data)) {
        JsonNode task =
            finished(
                importInto(
                        alice,
                        id,
                        "{\"method\": %s, \"all_stores\": true, \"all_stores_must_succeed\": %b}"
                            .formatted(source.method(), all))
                    .is(202));
        assertThat(task.path("status").textValue()).isEqualTo("failure");
        assertThat(task.path("message").textValue()).contains(id.toString(), "download", why);
      }
      assertThatNothingIsLeft(id);
      assertThat(alice.show(id).path("os_glance_failed_import").textValue()).isEqualTo("a,b,c");
    }
  }

  @ParameterizedTest
  @MethodSource("dangerous")
  void compressed(String format, byte[] data, String why) throws Exception {
    UUID id = declared(format, "bare");
    try (ByteSource source = ByteSource.of(ImportStepsTest.gzip(data))) {
      JsonNode task =
          finished(importInto(alice, id, "{\"method\": %s}".formatted(source.method())).is(202));
      assertThat(task.path("status").textValue()).isEqualTo("failure");
      assertThat(task.path("message").textValue()).contains(why);
    }
    assertThatNothingIsLeft(id);
  }

  @ParameterizedTest
  @MethodSource("dangerous")
  void byATaskThatMakesItsImage(String format, byte[] data, String why) throws Exception {
    try (ByteSource source = ByteSource.of(data)) {
      String task =
          root.post(
                  "/v2/tasks",
                  """
                  {"type": "import", "input": {"import_from": "%s", "import_from_format": "%s",
                   "image_properties": {"disk_format": "%s", "container_format": "bare"}}}
                  """
                      .formatted(source.url(), format, format))
              .is(201)
              .json()
              .path("id")
              .textValue();
      ApiInstallation.await(
          "the task is over",
          () -> status(task).path("status").textValue().matches("success|failure"));
      assertThat(status(task).path("status").textValue()).isEqualTo("failure");
      String message = status(task).path("message").textValue();
      assertThat(message).startsWith("import of image ").contains(why);
      UUID id = UUID.fromString(message.substring(16, 52));
      ApiInstallation.await("no data is left", () -> called().stored(id).isEmpty());
      assertThat(alice.get(Api.image(id)).status()).isEqualTo(404);
    }
  }

  private JsonNode status(String task) {
    return root.get("/v2/tasks/" + task).is(200).json();
  }

  /** What came in before it was inspected, or by another way, gets no further. */
  @ParameterizedTest
  @MethodSource("dangerous")
  void byCopies(String format, byte[] data, String why) throws Exception {
    UUID id = declared(format, "ovf");
    alice.upload(id, data).is(204);
    called().execute("update images set container_format = 'bare' where id = '%s'".formatted(id));

    Api.Reply reply =
        importInto(root, id, "{\"method\": {\"name\": \"copy-image\"}, \"all_stores\": true}")
            .is(202);

    String task = reply.header("x-vitrine-task-id");
    ApiInstallation.await(
        "the task is over",
        () -> status(task).path("status").textValue().matches("success|failure"));
    assertThat(status(task).path("status").textValue()).isEqualTo("failure");
    assertThat(status(task).path("message").textValue()).contains(why);
    assertThat(alice.status(id)).isEqualTo("active");
    ApiInstallation.await("no copy is left", () -> called().stored(id).size() == 1);
  }

  private void assertThatNothingIsLeft(UUID id) throws InterruptedException {
    awaitStatus(id, "queued");
    ApiInstallation.await("no data is left", () -> called().stored(id).isEmpty());
    ApiInstallation.await(
        "no location is left", () -> called().registry().locations().of(id).isEmpty());
    assertThat(alice.show(id).has("stores")).isFalse();
  }
}
