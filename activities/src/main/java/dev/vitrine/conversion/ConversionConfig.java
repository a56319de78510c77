package dev.vitrine.conversion;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How disks are converted.
 *
 * @param format what they are to be, as Glance names it
 * @param program {@code qemu-img}: its name, or where it is
 * @param directory where each conversion has an empty directory of its own; made if it is missing
 * @param memory bytes of address space that one conversion may take
 * @param time how long one may take
 * @param maxSize bytes that what comes of one may have
 * @param isolated whether it is kept from the network, which takes the kernel's leave
 */
public record ConversionConfig(
    String format,
    String program,
    Path directory,
    long memory,
    Duration time,
    long maxSize,
    boolean isolated) {}
