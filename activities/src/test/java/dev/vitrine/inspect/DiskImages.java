package dev.vitrine.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The smallest images of each format, written after the formats' specifications. */
public final class DiskImages {

  private static final int MIB = 1 << 20;

  private DiskImages() {}

  /** Bytes that can be written at any place, in one order. */
  static final class Bytes {
    private final ByteBuffer buffer;

    private Bytes(int size, ByteOrder order) {
      buffer = ByteBuffer.allocate(size).order(order);
    }

    static Bytes big(int size) {
      return new Bytes(size, ByteOrder.BIG_ENDIAN);
    }

    static Bytes little(int size) {
      return new Bytes(size, ByteOrder.LITTLE_ENDIAN);
    }

    Bytes text(int at, String text) {
      return bytes(at, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes bytes(int at, byte[] bytes) {
      buffer.put(at, bytes);
      return this;
    }

    Bytes u8(int at, int value) {
      buffer.put(at, (byte) value);
      return this;
    }

    Bytes u16(int at, int value) {
      buffer.putShort(at, (short) value);
      return this;
    }

    Bytes u32(int at, int value) {
      buffer.putInt(at, value);
      return this;
    }

    Bytes u64(int at, long value) {
      buffer.putLong(at, value);
      return this;
    }

    byte[] array() {
      return buffer.array();
    }
  }

  /** Version 3, no data. */
  public static byte[] qcow2(long virtualSize) {
    return qcow2(3, virtualSize, 0, 0);
  }

  static byte[] qcow2(int version, long virtualSize, long backingFileAt, long features) {
    Bytes bytes =
        Bytes.big(4 * 65_536)
            .text(0, "QFI\u00fb")
            .u32(4, version)
            .u64(8, backingFileAt)
            .u32(16, backingFileAt == 0 ? 0 : 11)
            .u32(20, 16)
            .u64(24, virtualSize)
            .u32(36, 1)
            .u64(40, 3 * 65_536)
            .u64(48, 65_536)
            .u32(56, 1);
    if (version >= 3) {
      bytes.u64(72, features).u32(96, 4).u32(100, 104);
    }
    if (backingFileAt != 0) {
      bytes.text((int) backingFileAt, "/etc/shadow");
    }
    return bytes.array();
  }

  static String descriptor(String createType, String extent) {
    return """
    # Disk DescriptorFile
    version=1
    CID=fffffffe
    parentCID=ffffffff
    createType="%s"

    # Extent description
    %s

    # The Disk Data Base
    #DDB

    ddb.virtualHWVersion = "4"
    ddb.geometry.cylinders = "2"
    """
        .formatted(createType, extent);
  }

  static String sparse() {
    return descriptor("monolithicSparse", "RW 4096 SPARSE \"disk.vmdk\"");
  }

  /** With all its data in itself. */
  public static byte[] vmdk() {
    return vmdk(4096, sparse());
  }

  static byte[] vmdk(long sectors, String descriptor) {
    return vmdkHeader(Bytes.little(64 * 1024), 0, sectors, 21).text(512, descriptor).array();
  }

  private static Bytes vmdkHeader(Bytes bytes, int at, long sectors, long directory) {
    return bytes
        .text(at, "KDMV")
        .u32(at + 4, 1)
        .u32(at + 8, 3)
        .u64(at + 12, sectors)
        .u64(at + 20, 128)
        .u64(at + 28, 1)
        .u64(at + 36, 20)
        .u32(at + 44, 512)
        .u64(at + 56, directory)
        .u64(at + 64, 128)
        .text(at + 73, "\n \r\n");
  }

  /**
   * Of which the header leads to a footer.
   *
   * @param footerSectors what the footer says of the size
   */
  static byte[] streamOptimized(long sectors, long footerSectors) {
    int size = 64 * 1024;
    Bytes bytes =
        vmdkHeader(Bytes.little(size), 0, sectors, -1)
            .text(512, descriptor("streamOptimized", "RDONLY 4096 SPARSE \"disk.vmdk\""));
    bytes.u64(size - 3 * 512, 1).u32(size - 3 * 512 + 12, 3);
    return vmdkHeader(bytes, size - 2 * 512, footerSectors, 100).array();
  }

  private static Bytes vhdFooter(Bytes bytes, int at, long size, int type) {
    bytes
        .text(at, "conectix")
        .u32(at + 8, 2)
        .u32(at + 12, 0x10000)
        .u64(at + 16, type == 2 ? -1 : 512)
        .text(at + 28, "test")
        .u64(at + 40, size)
        .u64(at + 48, size)
        .u32(at + 60, type);
    int sum = 0;
    for (int i = at; i < at + 512; i++) {
      sum += bytes.array()[i] & 0xff;
    }
    return bytes.u32(at + 64, ~sum);
  }

  /** One that grows. */
  public static byte[] vhd(long virtualSize) {
    return vhd(virtualSize, 3, virtualSize, 3);
  }

  static byte[] vhd(long sizeAtStart, int typeAtStart, long sizeAtEnd, int typeAtEnd) {
    int end = 4 * 1024;
    Bytes bytes = Bytes.big(end + 512).text(512, "cxsparse");
    vhdFooter(bytes, 0, sizeAtStart, typeAtStart);
    return vhdFooter(bytes, end, sizeAtEnd, typeAtEnd).array();
  }

  /** Of fixed size: the sectors of a disk, and a footer. */
  static byte[] fixedVhd(byte[] disk) {
    return fixedVhd(disk, 2);
  }

  static byte[] fixedVhd(byte[] disk, int type) {
    return vhdFooter(Bytes.big(disk.length + 512).bytes(0, disk), disk.length, disk.length, type)
        .array();
  }

  /** Without data. */
  public static byte[] vhdx(long virtualSize) {
    return vhdx(virtualSize, 2 * MIB, 0, false);
  }

  static byte[] vhdx(long virtualSize, long metadataAt, int parameters, boolean locator) {
    int metadata = 2 * MIB;
    Bytes bytes =
        Bytes.little(3 * MIB)
            .text(0, "vhdxfile")
            .text(192 << 10, "regi")
            .u32((192 << 10) + 8, 2)
            .bytes((192 << 10) + 16, guid("6677c22d23f600429d64115e9bfd4a08"))
            .u64((192 << 10) + 32, 3L * MIB)
            .bytes((192 << 10) + 48, guid("06a27c8b90479a4bb8fe575f050f886e"))
            .u64((192 << 10) + 64, metadataAt)
            .u32((192 << 10) + 72, MIB)
            .text(metadata, "metadata")
            .u16(metadata + 10, locator ? 3 : 2);
    item(bytes, metadata + 32, "2442a52f1bcd7648b2115dbed83bf4b8", 0x10008);
    item(bytes, metadata + 64, "3767a1ca36fa434db3b633f0aa44e76b", 0x10000);
    if (locator) {
      item(bytes, metadata + 96, "2d5fd3a80bb34d45abf7d3d84834ab0c", 0x10020);
    }
    return bytes
        .u32(metadata + 0x10000, 32 * MIB)
        .u32(metadata + 0x10004, parameters)
        .u64(metadata + 0x10008, virtualSize)
        .array();
  }

  private static void item(Bytes bytes, int at, String guid, int offset) {
    bytes.bytes(at, guid(guid)).u32(at + 16, offset).u32(at + 20, 8);
  }

  private static byte[] guid(String bytes) {
    return HexFormat.of().parseHex(bytes);
  }

  /** One that grows. */
  public static byte[] vdi(long virtualSize) {
    return vdi(virtualSize, 1);
  }

  static byte[] vdi(long virtualSize, int type) {
    return Bytes.little(2048)
        .text(0, "<<< QEMU VM Virtual Disk Image >>>\n")
        .u32(0x40, 0xbeda107f)
        .u32(0x44, 0x10001)
        .u32(0x48, 0x180)
        .u32(0x4c, type)
        .u64(0x170, virtualSize)
        .array();
  }

  /** ISO 9660. */
  public static byte[] iso(int blocks) {
    return iso(new byte[40 * 2048], 16, blocks);
  }

  /**
   * Makes an optical disc of it.
   *
   * @param primaryAt the sector of the primary descriptor; those before it are boot records
   */
  static byte[] iso(byte[] under, int primaryAt, int blocks) {
    Bytes bytes = Bytes.little(Math.max(under.length, 40 * 2048)).bytes(0, under);
    for (int sector = 16; sector < primaryAt; sector++) {
      bytes.u8(sector * 2048, 0).text(sector * 2048 + 1, "CD001\u0001");
    }
    int at = primaryAt * 2048;
    return bytes
        .u8(at, 1)
        .text(at + 1, "CD001\u0001")
        .u32(at + 80, blocks)
        .u16(at + 128, 2048)
        .u8(at + 2048, 255)
        .text(at + 2049, "CD001\u0001")
        .array();
  }

  static byte[] udf() {
    return Bytes.little(40 * 2048)
        .text(16 * 2048 + 1, "BEA01\u0001")
        .text(17 * 2048 + 1, "NSR03\u0001")
        .text(18 * 2048 + 1, "TEA01\u0001")
        .array();
  }

  /** A disk with one partition. */
  static byte[] mbr() {
    return mbr(Bytes.little(64 * 1024), 0x83);
  }

  /** A disk with a GPT. */
  public static byte[] gpt() {
    return mbr(Bytes.little(64 * 1024).text(512, "EFI PART"), 0xee);
  }

  /** Puts a partition table into what is something else. */
  static byte[] withMbr(byte[] image) {
    return mbr(Bytes.little(image.length).bytes(0, image), 0x83);
  }

  private static byte[] mbr(Bytes bytes, int type) {
    return bytes
        .u8(446 + 4, type)
        .u8(446 + 2, 2)
        .u32(446 + 8, 1)
        .u32(446 + 12, 127)
        .u16(510, 0xaa55)
        .array();
  }

  static byte[] luks(int version) {
    Bytes bytes = Bytes.big(64 * 1024).text(0, "LUKS\u00ba\u00be").u16(6, version);
    return version == 1 ? bytes.text(8, "aes").u32(104, 8).array() : bytes.u64(8, 16_384).array();
  }

  static byte[] qed() {
    return Bytes.little(64 * 1024).text(0, "QED\0").array();
  }
}
