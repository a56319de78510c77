package dev.vitrine.inspect;

/** The formats that are recognised. */
enum DiskFormat {
  RAW("raw", true),
  GPT("gpt", true),
  ISO("iso", true),
  LUKS("luks", true),
  QCOW2("qcow2", false),
  VMDK("vmdk", false),
  VHD("vhd", false),
  VHDX("vhdx", false),
  VDI("vdi", false),
  QED("qed", false);

  private final String wireName;
  private final boolean sectors;

  DiskFormat(String wireName, boolean sectors) {
    this.wireName = wireName;
    this.sectors = sectors;
  }

  /** As {@code disk_format} has it, where an image may be declared to be that. */
  String wireName() {
    return wireName;
  }

  /** Whether the bytes are the sectors of a disk as they are, with no map of the format's own. */
  boolean isSectors() {
    return sectors;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
