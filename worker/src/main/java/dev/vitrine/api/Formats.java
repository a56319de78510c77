package dev.vitrine.api;

import java.util.List;

/**
 * What may be said of the form of an image's data. Source: the defaults of the reference's options
 * {@code disk_formats} and {@code container_formats}.
 */
final class Formats {

  static final List<String> DISK =
      List.of("ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop");

  static final List<String> CONTAINER =
      List.of("ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed");

  private Formats() {}
}
