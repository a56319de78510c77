package dev.vitrine.inspect;

import static dev.vitrine.inspect.DiskImages.descriptor;
import static dev.vitrine.inspect.DiskImages.sparse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.inspect.DiskImages.Bytes;
import dev.vitrine.inspect.Verdict.Accepted;
import dev.vitrine.inspect.Verdict.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormatInspectionTest {

  private static final long SIZE = 3L << 30;
  private static final byte[] NOISE = noise(100_000);

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of("qcow2", DiskImages.qcow2(SIZE), SIZE),
        Arguments.of("qcow2", DiskImages.qcow2(2, SIZE, 0, 0), SIZE),
        // Dirty, corrupt and another compression than zlib.
        Arguments.of("qcow2", DiskImages.qcow2(3, SIZE, 0, 0b1011), SIZE),
        Arguments.of("vmdk", DiskImages.vmdk(), 4096 * 512L),
        Arguments.of("vmdk", DiskImages.streamOptimized(8192, 8192), 8192 * 512L),
        Arguments.of("vhd", DiskImages.vhd(SIZE), SIZE),
        Arguments.of("vhd", DiskImages.fixedVhd(NOISE), 100_000L),
        Arguments.of("vhd", DiskImages.fixedVhd(DiskImages.gpt()), 65_536L),
        Arguments.of("vhdx", DiskImages.vhdx(SIZE), SIZE),
        Arguments.of("vdi", DiskImages.vdi(SIZE), SIZE),
        Arguments.of("vdi", DiskImages.vdi(SIZE, 2), SIZE),
        Arguments.of("iso", DiskImages.iso(50), 50 * 2048L),
        Arguments.of("iso", DiskImages.iso(new byte[0], 18, 50), 50 * 2048L),
        Arguments.of("iso", DiskImages.udf(), 40 * 2048L),
        Arguments.of("iso", DiskImages.iso(DiskImages.gpt(), 16, 50), 50 * 2048L),
        Arguments.of("raw", NOISE, 100_000L),
        Arguments.of("raw", new byte[0], 0L),
        Arguments.of("raw", new byte[] {1}, 1L),
        Arguments.of("raw", DiskImages.gpt(), 65_536L),
        Arguments.of("raw", DiskImages.mbr(), 65_536L),
        Arguments.of("raw", DiskImages.luks(1), 65_536L),
        Arguments.of("raw", DiskImages.luks(2), 65_536L),
        Arguments.of("raw", DiskImages.iso(50), 40 * 2048L),
        Arguments.of("raw", DiskImages.iso(DiskImages.mbr(), 16, 50), 40 * 2048L),
        Arguments.of("ami", NOISE, null),
        Arguments.of("aki", bootSector(), null),
        Arguments.of("ari", NOISE, null),
        Arguments.of("ploop", NOISE, null));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void acceptsWhatItIsDeclaredToBe(String declared, byte[] data, @Nullable Long virtualSize) {
    assertThat(inspect(declared, data)).isEqualTo(new Accepted(virtualSize));
  }

  static Stream<Arguments> dangerous() {
    return Stream.of(
        Arguments.of("qcow2", DiskImages.qcow2(3, SIZE, 512, 0), "backing file"),
        Arguments.of("qcow2", DiskImages.qcow2(2, SIZE, 512, 0), "backing file"),
        Arguments.of("qcow2", DiskImages.qcow2(3, SIZE, 0, 0b100), "data in another file"),
        Arguments.of("qcow2", DiskImages.qcow2(3, SIZE, 0, 0x10), "not known (0x10)"),
        Arguments.of("qcow2", DiskImages.qcow2(3, SIZE, 0, 1L << 63), "not known"),
        Arguments.of("qcow2", DiskImages.qcow2(1, SIZE, 0, 0), "version 1"),
        Arguments.of("qcow2", DiskImages.qcow2(4, SIZE, 0, 0), "version 4"),
        Arguments.of("qcow2", DiskImages.qcow2(-1), "2^63"),
        Arguments.of(
            "vmdk", vmdk("monolithicFlat", "RW 4096 FLAT \"disk-flat.vmdk\" 0"), "monolithicflat"),
        Arguments.of(
            "vmdk", vmdk("twoGbMaxExtentSparse", "RW 4096 SPARSE \"d.vmdk\""), "twogbmaxextent"),
        Arguments.of("vmdk", vmdk("monolithicSparse", "RW 1 SPARSE \"/etc/shadow\""), "outside"),
        Arguments.of("vmdk", vmdk("monolithicSparse", "RW 1 SPARSE \"..\\x\""), "outside"),
        Arguments.of("vmdk", vmdk("monolithicSparse", "RW 1 FLAT \"x\" 0"), "SPARSE"),
        Arguments.of(
            "vmdk", vmdk("monolithicSparse", "RW 1 SPARSE \"a\"\nRW 1 SPARSE \"b\""), "2 extents"),
        Arguments.of("vmdk", vmdk("monolithicSparse", "# none"), "0 extents"),
        Arguments.of("vmdk", vmdk("monolithicSparse", "MAGIC 1"), "not understood"),
        Arguments.of(
            "vmdk",
            DiskImages.vmdk(1, sparse() + "parentFileNameHint=\"/etc/shadow\""),
            "names a parent"),
        Arguments.of(
            "vmdk",
            DiskImages.vmdk(1, sparse() + "# parentFileNameHint=\"/etc/shadow\""),
            "names a parent"),
        Arguments.of(
            "vmdk",
            DiskImages.vmdk(1, sparse().replace("parentCID=ffffffff", "parentCID=01234567")),
            "its parent"),
        Arguments.of(
            "vmdk", DiskImages.vmdk(1, "# createType=\"vmfs\"\n" + sparse()), "createType where"),
        Arguments.of(
            "vmdk", DiskImages.vmdk(1, sparse() + "createType=\"monolithicSparse\""), "two"),
        Arguments.of("vmdk", DiskImages.vmdk(1, sparse() + "changeTrackPath=\"x\""), "changes"),
        Arguments.of("vmdk", DiskImages.vmdk(1, "version=1"), "no createType"),
        Arguments.of("vmdk", DiskImages.vmdk(1, "#" + "x".repeat(5000)), "more than 4096"),
        Arguments.of("vmdk", DiskImages.vmdk(0, sparse()), "no size"),
        Arguments.of("vmdk", DiskImages.vmdk(1L << 60, sparse()), "no size"),
        Arguments.of("vmdk", put(DiskImages.vmdk(), 4, 4), "version 4"),
        Arguments.of("vmdk", put(DiskImages.vmdk(), 28, 2), "without a descriptor"),
        Arguments.of("vmdk", put(DiskImages.vmdk(), 36, 0), "without a descriptor"),
        Arguments.of("vmdk", ascii("COWD" + " ".repeat(2000)), "other files"),
        Arguments.of("vmdk", ascii(sparse()), "descriptor alone"),
        Arguments.of("vmdk", ascii("\n# c\n  \nVersion=3\n"), "descriptor alone"),
        Arguments.of(
            "vmdk", ascii("x".repeat(700_000) + "CREATETYPE=\"vmfs\""), "descriptor alone"),
        Arguments.of("vhd", DiskImages.vhd(SIZE, 4, SIZE, 4), "its parent"),
        Arguments.of("vhd", DiskImages.vhd(SIZE, 2, SIZE, 2), "type 2"),
        Arguments.of("vhd", DiskImages.vhd(SIZE, 3, SIZE, 4), "not the one at the start"),
        Arguments.of("vhd", DiskImages.vhd(SIZE, 3, 2 * SIZE, 3), "not the one at the start"),
        Arguments.of("vhd", DiskImages.fixedVhd(NOISE, 4), "its parent"),
        Arguments.of("vhd", DiskImages.fixedVhd(NOISE, 3), "type 3"),
        Arguments.of("vhdx", DiskImages.vhdx(SIZE, 2 << 20, 2, false), "its parent"),
        Arguments.of("vhdx", DiskImages.vhdx(SIZE, 2 << 20, 0, true), "its parent"),
        Arguments.of("vhdx", DiskImages.vhdx(SIZE, 4096, 0, false), "no sense"),
        Arguments.of("vhdx", DiskImages.vhdx(SIZE, -1, 0, false), "no sense"),
        Arguments.of("vhdx", DiskImages.vhdx(SIZE, 1 << 20, 0, false), "no sense"),
        Arguments.of("vhdx", DiskImages.vhdx(SIZE, 1L << 50, 0, false), "cut off"),
        Arguments.of("vdi", DiskImages.vdi(SIZE, 4), "its parent"),
        Arguments.of("vdi", DiskImages.vdi(SIZE, 9), "type 9"),
        Arguments.of("iso", put(DiskImages.iso(1), 16 * 2048, 0), "primary"),
        Arguments.of("qcow2", DiskImages.qed(), "qed"),
        Arguments.of("raw", put(DiskImages.luks(1), 7, 3), "version 3"));
  }

  @ParameterizedTest
  @MethodSource("dangerous")
  void refusesWhatNobodyShouldOpenWhateverItIsDeclaredToBe(
      String declared, byte[] data, String why) {
    assertThat(reason(declared, data)).contains(why).contains("upload");
    assertThat(reason("raw", data)).isEqualTo(reason(declared, data));
  }

  static Stream<Arguments> two() {
    byte[] qcow2 = DiskImages.qcow2(SIZE);
    return Stream.of(
        Arguments.of("qcow2", DiskImages.iso(qcow2, 16, 9), "iso and qcow2"),
        Arguments.of("iso", DiskImages.iso(qcow2, 16, 9), "iso and qcow2"),
        Arguments.of("raw", DiskImages.iso(qcow2, 16, 9), "iso and qcow2"),
        Arguments.of("qcow2", DiskImages.withMbr(qcow2), "gpt and qcow2"),
        Arguments.of(
            "qcow2",
            Bytes.little(qcow2.length).bytes(0, qcow2).text(512, "EFI PART").array(),
            "gpt and qcow2"),
        Arguments.of(
            "qcow2",
            Bytes.little(qcow2.length).bytes(0, qcow2).text(4096, "EFI PART").array(),
            "gpt and qcow2"),
        Arguments.of("qcow2", DiskImages.fixedVhd(qcow2), "qcow2 and vhd"),
        Arguments.of("vhd", DiskImages.iso(DiskImages.vhd(SIZE), 16, 9), "iso and vhd"),
        Arguments.of("vdi", DiskImages.iso(DiskImages.vdi(SIZE), 16, 9), "iso and vdi"),
        Arguments.of("raw", DiskImages.iso(DiskImages.luks(1), 16, 9), "iso and luks"),
        Arguments.of("raw", DiskImages.withMbr(DiskImages.luks(1)), "gpt and luks"));
  }

  @ParameterizedTest
  @MethodSource("two")
  void refusesWhatIsTwoFormatsAtOnce(String declared, byte[] data, String which) {
    assertThat(reason(declared, data)).contains(which + " at once").contains("upload");
  }

  static Stream<Arguments> other() {
    return Stream.of(
        Arguments.of("qcow2", NOISE, "of no known format", "raw"),
        Arguments.of("qcow2", DiskImages.gpt(), "gpt", "raw"),
        Arguments.of("qcow2", DiskImages.luks(2), "luks", "raw"),
        Arguments.of("qcow2", DiskImages.iso(9), "iso", "iso"),
        Arguments.of("iso", DiskImages.gpt(), "gpt", "raw"),
        Arguments.of("raw", DiskImages.qcow2(SIZE), "qcow2", "qcow2"),
        Arguments.of("ami", DiskImages.qcow2(SIZE), "qcow2", "qcow2"),
        Arguments.of("raw", DiskImages.vhd(SIZE), "vhd", "vhd"),
        Arguments.of("raw", DiskImages.fixedVhd(DiskImages.gpt()), "vhd", "vhd"),
        Arguments.of("vhd", DiskImages.gpt(), "gpt", "raw"),
        Arguments.of("vhd", DiskImages.vhdx(SIZE), "vhdx", "vhdx"),
        Arguments.of("vhdx", DiskImages.vhd(SIZE), "vhd", "vhd"),
        Arguments.of("vmdk", DiskImages.vdi(SIZE), "vdi", "vdi"),
        Arguments.of("vdi", DiskImages.vmdk(), "vmdk", "vmdk"));
  }

  @ParameterizedTest
  @MethodSource("other")
  void refusesWhatIsAnotherFormat(String declared, byte[] data, String found, String declare) {
    assertThat(reason(declared, data))
        .isEqualTo(
            "its disk_format is %s, but the data is %s; upload data of that format, or set disk_format to %s"
                .formatted(declared, found, declare));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qcow2", "vmdk", "vhd", "vhdx", "vdi", "iso"})
  void refusesNoDataForAFormatWithAHeader(String declared) {
    assertThat(reason(declared, new byte[0])).contains(declared, "no data");
  }

  /** The formats whose header is more than its magic, and where it ends. */
  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of("qcow2", DiskImages.qcow2(SIZE), 4, 104),
        Arguments.of("qcow2", DiskImages.qcow2(2, SIZE, 0, 0), 4, 72),
        Arguments.of("vmdk", DiskImages.vmdk(), 4, 1024),
        Arguments.of("vhd", DiskImages.vhd(SIZE), 8, 512),
        Arguments.of("vhdx", DiskImages.vhdx(SIZE), 8, (2 << 20) + 0x10010),
        Arguments.of("vdi", DiskImages.vdi(SIZE), 0x44, 0x178),
        Arguments.of("iso", DiskImages.iso(9), 16 * 2048 + 6, 16 * 2048 + 132));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void refusesAHeaderThatIsCutOff(String declared, byte[] data, int magic, int header) {
    assertThat(inspect(declared, Arrays.copyOf(data, header))).isInstanceOf(Accepted.class);
    for (int length : new int[] {magic, (magic + header) / 2, header - 1}) {
      assertThat(reason(declared, Arrays.copyOf(data, length))).contains("cut off");
      assertThat(reason("raw", Arrays.copyOf(data, length))).contains("cut off");
    }
    assertThat(reason(declared, Arrays.copyOf(data, magic - 1))).contains("no known format");
  }

  @Test
  void refusesAStreamOptimizedDiskWithAnotherEndOrNone() {
    assertThat(reason("vmdk", DiskImages.streamOptimized(8192, 4096))).contains("footer");
    byte[] whole = DiskImages.streamOptimized(8192, 8192);
    assertThat(reason("vmdk", Arrays.copyOf(whole, whole.length - 512))).contains("footer");
    assertThat(reason("vmdk", Arrays.copyOf(whole, 1100))).contains("footer is cut off");
  }

  @Test
  void takesABootSectorWithoutPartitionsForRaw() {
    assertThat(inspect("raw", bootSector())).isEqualTo(new Accepted(4096L));
    byte[] fat = DiskImages.mbr();
    fat[0x10] = 2;
    fat[0x15] = (byte) 0xf8;
    assertThat(reason("qcow2", fat)).contains("no known format");
  }

  @Test
  void refusesAsSoonAsNothingElseIsPossible() {
    FormatInspection inspection = new FormatInspection("qcow2");
    assertThat(inspection.take(NOISE, 0, 32 * 1024)).isNull();
    Refused refused = inspection.take(NOISE, 32 * 1024, 6);
    assertThat(refused).isNotNull();
    assertThat(inspection.take(NOISE, 0, 1)).isSameAs(refused);
    assertThat(inspection.finish()).isSameAs(refused);
  }

  @Test
  void letsGoOfItsMemoryOnceTheBeginningIsKnown() {
    FormatInspection inspection = new FormatInspection("raw");
    inspection.take(NOISE, 0, 100);
    assertThat(inspection.held()).isGreaterThan(Tail.LENGTH);
    inspection.take(NOISE, 100, 40_000);
    assertThat(inspection.held()).isEqualTo(Tail.LENGTH);
  }

  private static String reason(String declared, byte[] data) {
    Verdict verdict = inspect(declared, data);
    assertThat(verdict).isInstanceOf(Refused.class);
    return ((Refused) verdict).reason();
  }

  static Verdict inspect(String declared, byte[] data) {
    FormatInspection inspection = new FormatInspection(declared);
    inspection.take(data, 0, data.length);
    return inspection.finish();
  }

  private static byte[] vmdk(String createType, String extent) {
    return DiskImages.vmdk(4096, descriptor(createType, extent));
  }

  private static byte[] put(byte[] data, int at, int value) {
    data[at] = (byte) value;
    return data;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** As a Linux kernel begins: with the signature and code where partitions would be. */
  private static byte[] bootSector() {
    byte[] sector = new byte[4096];
    Arrays.fill(sector, 440, 510, (byte) 0x11);
    sector[510] = 0x55;
    sector[511] = (byte) 0xaa;
    return sector;
  }

  private static byte[] noise(int size) {
    byte[] data = new byte[size];
    new Random(7).nextBytes(data);
    return data;
  }
}
