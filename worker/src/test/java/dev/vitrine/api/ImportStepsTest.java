package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The steps that an operator has switched on, in imports over HTTP. */
class ImportStepsTest extends ImportFixture {

  @Override
  ApiInstallation called() {
    return manySteps();
  }

  static byte[] gzip(byte[] data) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(data);
    }
    return packed.toByteArray();
  }

  @Test
  void decompressesWhatIsFetchedIntoAllStores() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(100_000);
    try (ByteSource source = ByteSource.of(gzip(data))) {
      JsonNode task =
          succeeded(
              importInto(
                  alice, id, "{\"method\": %s, \"all_stores\": true}".formatted(source.method())));
      assertThat(task.at("/result/image_id").textValue()).isEqualTo(id.toString());
    }
    assertThatItHas(id, data, "a,b,c");
  }

  @Test
  void decompressesWhatIsStaged() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(100_000);
    stage(id, gzip(data)).is(204);

    succeeded(importInto(alice, id, DIRECT.formatted(", \"stores\": [\"a\", \"c\"]")));

    assertThatItHas(id, data, "a,c");
  }

  @Test
  void keepsContainersThatSayThatTheyAreCompressed() throws Exception {
    UUID id = alice.create("\"disk_format\": \"raw\", \"container_format\": \"compressed\"");
    byte[] packed = gzip(data(1000));
    stage(id, packed).is(204);
    succeeded(importInto(alice, id, DIRECT.formatted("")));
    assertThatItHas(id, packed, "a");
  }

  @Test
  void aBombEndsInAFailureThatSaysSo() throws Exception {
    UUID id = alice.queued();
    byte[] bomb = gzip(new byte[ApiInstallation.MAX_IMAGE_SIZE + 1]);
    try (ByteSource source = ByteSource.of(bomb)) {
      JsonNode task =
          finished(
              importInto(
                      alice,
                      id,
                      "{\"method\": %s, \"all_stores\": true}".formatted(source.method()))
                  .is(202));
      assertThat(task.path("status").textValue()).isEqualTo("failure");
      assertThat(task.path("message").textValue())
          .contains("image " + id, "its gzip data comes to more than the 1048576 bytes");
    }
    assertThatItIsAsBefore(id);
  }

  @Test
  void givesImagesTheOperatorsProperties() throws Exception {
    UUID id = alice.create(Api.FORMATS + ", \"team\": \"mine\", \"kept\": \"as it was\"");
    stage(id, data(100)).is(204);
    assertThat(alice.show(id).path("team").textValue()).isEqualTo("mine");

    succeeded(importInto(alice, id, DIRECT.formatted("")));

    JsonNode image = alice.show(id);
    assertThat(image.path("team").textValue()).isEqualTo("images");
    assertThat(image.path("os_type").textValue()).isEqualTo("linux");
    assertThat(image.path("kept").textValue()).isEqualTo("as it was");
  }

  @Test
  void givesNoneToImportsThatFailOrAreAnAdminsOrCopies() throws Exception {
    UUID failed = alice.create("\"disk_format\": \"qcow2\", \"container_format\": \"bare\"");
    try (ByteSource source = ByteSource.of(data(1000))) {
      finished(importInto(alice, failed, "{\"method\": %s}".formatted(source.method())).is(202));
    }
    awaitStatus(failed, "queued");
    assertThat(alice.show(failed).has("team")).isFalse();

    UUID admins = alice.queued();
    stage(admins, data(100)).is(204);
    importInto(root, admins, DIRECT.formatted("")).is(202);
    awaitStatus(admins, "active");
    assertThat(alice.show(admins).has("team")).isFalse();

    UUID copied = alice.active(data(100));
    importInto(root, copied, "{\"method\": {\"name\": \"copy-image\"}, \"stores\": [\"b\"]}")
        .is(202);
    ApiInstallation.await(
        "it is copied", () -> alice.show(copied).path("stores").textValue().equals("a,b"));
    assertThat(alice.show(copied).has("team")).isFalse();
  }

  /** Whoever signed has to be trusted, whichever way the data comes. */
  @Test
  void refusesWhatIsSignedByNobodyKnown() throws Exception {
    UUID id =
        alice.create(
            Api.FORMATS
                + """
                , "img_signature": "AAAA", "img_signature_hash_method": "SHA-256",
                "img_signature_key_type": "RSA-PSS",
                "img_signature_certificate_uuid": "5f3b1b0e-4d5e-4a57-9c36-2f8e6d9f0a11"
                """);
    String why = "5f3b1b0e-4d5e-4a57-9c36-2f8e6d9f0a11 names no certificate that is trusted here";
    assertThat(alice.upload(id, data(100)).error(400)).contains(id.toString(), why);
    awaitStatus(id, "queued");
    assertThat(stage(id, data(100_000)).error(400)).contains(why);
    awaitStatus(id, "queued");
    try (ByteSource source = ByteSource.of(data(1000))) {
      JsonNode task =
          finished(importInto(alice, id, "{\"method\": %s}".formatted(source.method())).is(202));
      assertThat(task.path("status").textValue()).isEqualTo("failure");
      assertThat(task.path("message").textValue()).contains(id.toString(), why);
    }
    awaitStatus(id, "queued");
    ApiInstallation.await("no data is left", () -> called().stored(id).isEmpty());
  }
}
