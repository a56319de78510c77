package dev.vitrine.conversion;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The conversion of disks to one format. Safe for use by many threads. */
public final class Conversion {

  /** By Glance's names, those of {@code qemu-img}. What is not here is kept as it is. */
  private static final Map<String, String> FORMATS =
      Map.of(
          "raw", "raw", "qcow2", "qcow2", "vmdk", "vmdk", "vdi", "vdi", "vhd", "vpc", "vhdx",
          "vhdx");

  /** What a conversion's data has as its validator: no server gives out such an entity tag. */
  private static final String VALIDATOR = "\"converted to ";

  private final ConversionConfig config;
  private final QemuImg program;

  /**
   * Looks for the program, and whether it can be kept to its bounds.
   *
   * @throws Invalid saying what is missing
   */
  public Conversion(ConversionConfig config) {
    this.config = config;
    if (!FORMATS.containsKey(config.format())) {
      throw new Invalid(
          "conversion to %s: give one of %s"
              .formatted(
                  config.format(), String.join(", ", FORMATS.keySet().stream().sorted().toList())));
    }
    this.program = QemuImg.find(config);
  }

  /** What disks become. */
  public String format() {
    return config.format();
  }

  /** Bytes that a disk may have. */
  public long maxSize() {
    return config.maxSize();
  }

  /** Whether a disk of that format is converted. */
  public boolean converts(@Nullable String diskFormat) {
    return diskFormat != null
        && !diskFormat.equals(config.format())
        && FORMATS.containsKey(diskFormat);
  }

  /** A directory for one conversion. */
  public ConversionDirectory directory() {
    return ConversionDirectory.in(config.directory());
  }

  /**
   * Converts a disk in one file to another one.
   *
   * @param guard is given what to close to end it early, and null when there is nothing to
   * @param progress is told the percentage that is done
   */
  public void convert(
      ConversionDirectory directory,
      String from,
      Path original,
      Path converted,
      Consumer<@Nullable Closeable> guard,
      IntConsumer progress)
      throws InterruptedException {
    program.convert(
        directory.path(),
        String.valueOf(FORMATS.get(from)),
        original,
        String.valueOf(FORMATS.get(config.format())),
        converted,
        guard,
        progress);
  }

  /** What tells converted data from that of a source. */
  public String validator() {
    return VALIDATOR + config.format() + '"';
  }

  /** What data with that validator was converted to; null if it was not. */
  public static @Nullable String formatOf(@Nullable String validator) {
    return validator != null && validator.startsWith(VALIDATOR)
        ? validator.substring(VALIDATOR.length(), validator.length() - 1)
        : null;
  }
}
