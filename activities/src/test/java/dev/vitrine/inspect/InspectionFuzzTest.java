package dev.vitrine.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.inspect.Verdict.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the data and however it is cut: a verdict, always the same, in bounded memory. */
final class InspectionFuzzTest {

  private static final long SEED = 20_240_611;
  private static final int BOUND = 40 << 10;
  private static final List<String> DECLARED =
      List.of("raw", "qcow2", "vmdk", "vhd", "vhdx", "vdi", "iso", "ami");

  private static final List<byte[]> IMAGES =
      List.of(
          DiskImages.qcow2(1 << 30),
          DiskImages.qcow2(2, 1 << 30, 0, 0),
          DiskImages.vmdk(),
          DiskImages.streamOptimized(8192, 8192),
          DiskImages.sparse().getBytes(StandardCharsets.US_ASCII),
          DiskImages.vhd(1 << 30),
          DiskImages.fixedVhd(DiskImages.gpt()),
          DiskImages.vdi(1 << 30),
          DiskImages.iso(50),
          DiskImages.iso(DiskImages.mbr(), 17, 50),
          DiskImages.udf(),
          DiskImages.luks(1),
          DiskImages.luks(2),
          DiskImages.qed());

  private final Random random = new Random(SEED);

  @Test
  void judgesNoise() {
    for (int i = 0; i < 500; i++) {
      byte[] data = new byte[random.nextInt(70_000)];
      random.nextBytes(data);
      requireOneVerdict(data);
    }
  }

  @Test
  void judgesMutatedImages() {
    for (int i = 0; i < 150; i++) {
      for (byte[] image : IMAGES) {
        requireOneVerdict(mutated(image));
      }
    }
  }

  /** A larger one, of which the header is spread over two MiB. */
  @Test
  void judgesMutatedTables() {
    byte[] image = DiskImages.vhdx(1 << 30);
    int[] places = {0, 192 << 10, (192 << 10) + 48, 2 << 20, (2 << 20) + 32, (2 << 20) + 0x10000};
    for (int i = 0; i < 60; i++) {
      byte[] data = image.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        data[places[random.nextInt(places.length)] + random.nextInt(40)] = (byte) random.nextInt();
      }
      requireOneVerdict(Arrays.copyOf(data, data.length - random.nextInt(data.length / 2)));
    }
  }

  @Test
  void judgesEveryCutOfEveryHeader() {
    for (byte[] image : IMAGES) {
      byte[] data = Arrays.copyOf(image, Math.min(image.length, 1200));
      Verdict whole = inspect("raw", data, data.length, data.length);
      for (int cut = 1; cut < data.length; cut++) {
        assertThat(inspect("raw", data, cut, data.length)).isEqualTo(whole);
      }
      assertThat(inspect("raw", data, 1, 1)).isEqualTo(whole);
    }
  }

  private byte[] mutated(byte[] image) {
    byte[] data =
        Arrays.copyOf(image, image.length - random.nextInt(2) * random.nextInt(image.length / 2));
    int headers = Math.min(data.length, 600);
    for (int n = random.nextInt(8); n >= 0; n--) {
      int at =
          switch (random.nextInt(3)) {
            case 0 -> random.nextInt(headers);
            case 1 -> data.length - 1 - random.nextInt(headers);
            default ->
                data.length > 34_000 ? 32_768 + random.nextInt(200) : random.nextInt(headers);
          };
      data[at] =
          switch (random.nextInt(3)) {
            case 0 -> (byte) 0xff;
            case 1 -> 0;
            default -> (byte) random.nextInt();
          };
    }
    return data;
  }

  private void requireOneVerdict(byte[] data) {
    String declared = DECLARED.get(random.nextInt(DECLARED.size()));
    Verdict whole = inspect(declared, data, data.length, data.length);
    Verdict cut = inspect(declared, data, 1 + random.nextInt(5000), 1 + random.nextInt(40_000));
    assertThat(cut).as("%d bytes as %s, seed %d", data.length, declared, SEED).isEqualTo(whole);
    if (whole instanceof Refused refused) {
      assertThat(refused.reason()).doesNotContainPattern("[^\\x20-\\x7e]").hasSizeLessThan(500);
    }
  }

  /** In buffers of the one size and the other by turns. */
  private static Verdict inspect(String declared, byte[] data, int first, int second) {
    FormatInspection inspection = new FormatInspection(declared);
    int at = 0;
    for (int n = 0; at < data.length; n++) {
      int length = Math.min(n % 2 == 0 ? first : second, data.length - at);
      inspection.take(data, at, length);
      assertThat(inspection.held()).isLessThan(BOUND);
      at += length;
    }
    return inspection.finish();
  }
}
