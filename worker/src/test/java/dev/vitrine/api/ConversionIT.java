package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Conversion by the real {@code qemu-img}. Where that is missing the test is skipped, or fails if
 * the system property {@code vitrine.require-qemu} is true.
 */
class ConversionIT extends ImportFixture {

  /** In the header of a VDI, where its map of blocks lies: at the start of a sector. */
  private static final int MAP_OFFSET = 0x154;

  @TempDir private Path temp;

  @BeforeAll
  static void requireQemu() throws Exception {
    try {
      run("qemu-img", "--version");
    } catch (IOException e) {
      String missing = "there is no qemu-img on the PATH";
      if (Boolean.getBoolean("vitrine.require-qemu")) {
        fail(missing, e);
      }
      abort(missing);
    }
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Override
  ApiInstallation called() {
    Map<String, String> settings = new HashMap<>(ApiInstallation.MANY_STORES);
    settings.put("VITRINE_IMPORTS_CONVERSION_FORMAT", "qcow2");
    settings.put("VITRINE_IMPORTS_CONVERSION_ISOLATED", Boolean.toString(mayIsolate()));
    settings.put("VITRINE_IMPORTS_CONVERSION_DIRECTORY", work().toString());
    settings.put("VITRINE_IMPORTS_DECOMPRESSION", "true");
    return with(settings);
  }

  private static Path work() {
    return Path.of(System.getProperty("java.io.tmpdir"), "vitrine-conversion-it");
  }

  /** Not every kernel lets a process leave its network. */
  private static boolean mayIsolate() {
    try {
      run("unshare", "--user", "--map-root-user", "--net", "true");
      return true;
    } catch (Exception | AssertionError e) {
      return false;
    }
  }

  private void assertThatItIsConverted(UUID id, byte[] data, String stores) throws Exception {
    JsonNode image = alice.show(id);
    assertThat(image.path("status").textValue()).isEqualTo("active");
    assertThat(image.path("disk_format").textValue()).isEqualTo("qcow2");
    assertThat(image.path("stores").textValue()).isEqualTo(stores);
    assertThat(image.path("virtual_size").longValue()).isEqualTo(data.length);
    byte[] stored = alice.get(Api.image(id) + "/file").is(200).body();
    assertThat(image.path("checksum").textValue()).isEqualTo(digest("MD5", stored));
    Path qcow2 = Files.write(temp.resolve("stored.qcow2"), stored);
    Path raw = temp.resolve("stored.raw");
    run("qemu-img", "convert", "-f", "qcow2", "-O", "raw", qcow2.toString(), raw.toString());
    assertThat(raw).hasBinaryContent(data);
    try (var left = Files.list(work())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void convertsWhatIsFetchedIntoAllStores() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(256 << 10);
    try (ByteSource source = ByteSource.of(ImportStepsTest.gzip(data))) {
      succeeded(
          importInto(
              alice, id, "{\"method\": %s, \"all_stores\": true}".formatted(source.method())));
    }
    assertThatItIsConverted(id, data, "a,b,c");
  }

  @Test
  void convertsWhatIsStagedAndCopiesThat() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(128 << 10);
    stage(id, data).is(204);
    assertThat(alice.show(id).path("disk_format").textValue()).isEqualTo("raw");
    succeeded(importInto(alice, id, DIRECT.formatted(", \"stores\": [\"b\", \"c\"]")));
    assertThatItIsConverted(id, data, "b,c");
  }

  @Test
  void keepsWhatIsOfThatFormatAlready() throws Exception {
    Path raw = Files.write(temp.resolve("a.raw"), data(64 << 10));
    Path qcow2 = temp.resolve("a.qcow2");
    run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), qcow2.toString());
    byte[] data = Files.readAllBytes(qcow2);
    UUID id = alice.create("\"disk_format\": \"qcow2\", \"container_format\": \"bare\"");
    stage(id, data).is(204);
    succeeded(importInto(alice, id, DIRECT.formatted("")));
    assertThatItHas(id, data, "a");
  }

  /** The program never sees what would have it read other files. */
  @Test
  void refusesWhatIsDangerousBeforeItIsOpened() throws Exception {
    Path base = Files.write(temp.resolve("base.raw"), data(64 << 10));
    Path vmdk = temp.resolve("flat.vmdk");
    run(
        "qemu-img",
        "convert",
        "-f",
        "raw",
        "-O",
        "vmdk",
        "-o",
        "subformat=monolithicFlat",
        base.toString(),
        vmdk.toString());
    UUID id = alice.create("\"disk_format\": \"vmdk\", \"container_format\": \"bare\"");
    try (ByteSource source = ByteSource.of(Files.readAllBytes(vmdk))) {
      JsonNode task =
          finished(importInto(alice, id, "{\"method\": %s}".formatted(source.method())).is(202));
      assertThat(task.path("status").textValue()).isEqualTo("failure");
      assertThat(task.path("message").textValue()).contains(id.toString(), "vmdk");
    }
    awaitStatus(id, "queued");
    assertThat(alice.show(id).path("disk_format").textValue()).isEqualTo("vmdk");
    assertThat(called().registry().locations().of(id)).isEmpty();
  }

  @Test
  void aDiskThatCanNotBeConvertedIsAFailureThatSaysSo() throws Exception {
    Path raw = Files.write(temp.resolve("a.raw"), data(64 << 10));
    Path vdi = temp.resolve("a.vdi");
    run("qemu-img", "convert", "-f", "raw", "-O", "vdi", raw.toString(), vdi.toString());
    byte[] broken = Arrays.copyOf(Files.readAllBytes(vdi), 4096);
    broken[MAP_OFFSET] = 3;
    UUID id = alice.create("\"disk_format\": \"vdi\", \"container_format\": \"bare\"");
    try (ByteSource source = ByteSource.of(broken)) {
      JsonNode task =
          finished(importInto(alice, id, "{\"method\": %s}".formatted(source.method())).is(202));
      assertThat(task.path("message").textValue())
          .contains("qemu-img could not convert it from vdi to qcow2");
    }
    awaitStatus(id, "queued");
  }
}
