package dev.vitrine.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of disks that are imported.
 *
 * @param format what they become
 * @param qemuImg the program that does it
 * @param directory where it does it
 * @param memory bytes that one conversion may take
 * @param time how long one may take
 * @param isolated whether it is kept from the network
 */
public record ConversionSettings(
    String format, String qemuImg, Path directory, long memory, Duration time, boolean isolated) {

  /** What {@code qemu-img} writes, and images may be. */
  private static final List<String> FORMATS = List.of("qcow2", "raw", "vdi", "vhd", "vhdx", "vmdk");

  /** Null if nothing is converted. */
  static @Nullable ConversionSettings read(SettingsReader in) {
    String key = "imports.conversion-format";
    String format = in.textOrNull(key);
    if (format == null) {
      return null;
    }
    if (!FORMATS.contains(format)) {
      throw in.wrong(key, format, "one of " + String.join(", ", FORMATS) + ", or nothing");
    }
    return new ConversionSettings(
        format,
        in.text("imports.qemu-img"),
        in.path("imports.conversion-directory", in.text("imports.conversion-directory")),
        in.size("imports.conversion-memory"),
        in.duration("imports.conversion-time", Duration.ofSeconds(1)),
        in.flag("imports.conversion-isolated"));
  }
}
