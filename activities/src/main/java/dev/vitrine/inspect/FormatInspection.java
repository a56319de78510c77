package dev.vitrine.inspect;

import dev.vitrine.inspect.Verdict.Accepted;
import dev.vitrine.inspect.Verdict.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The inspection of one stream: given its bytes in their order, in buffers of any cut, it says
 * whether the data is what it was declared to be. The verdict depends on the bytes alone, not on
 * the cuts, and no data makes it throw. Holds at most some 40 KiB, and two as soon as the formats
 * that begin otherwise are ruled out. For one thread.
 *
 * <p>What is taken, as the reference has it, or stricter where that is said:
 *
 * <ul>
 *   <li>{@code qcow2}, {@code vmdk}, {@code vhd}, {@code vhdx}, {@code vdi}: data of that format;
 *   <li>{@code iso}: an optical disc, which may be a disk with partitions as well;
 *   <li>{@code raw} and what has no header of its own ({@code ami}, {@code ari}, {@code aki},
 *       {@code ploop}): the sectors of a disk as they are, with partitions, encrypted, of an
 *       optical disc, or nothing known. Stricter: the reference takes a {@code qcow2} for raw if it
 *       is declared to be;
 *   <li>nothing that would have whoever opens it read other files, and nothing that is two formats.
 * </ul>
 */
public final class FormatInspection {

  private static final Set<DiskFormat> BOOTABLE_DISC = EnumSet.of(DiskFormat.ISO, DiskFormat.GPT);

  /** What no inspector knows: data of any other format is refused, and its size is not told. */
  private static final Set<String> NOT_INSPECTED = Set.of("ami", "ari", "aki", "ploop");

  private final String declared;
  private final List<Recognition> found = new ArrayList<>();
  private final Tail tail = new Tail();
  private final List<StepReader> undecided =
      Stream.of(
              Qcow2.begin(),
              Vmdk.begin(),
              VmdkText.begin(),
              Vhd.begin(),
              Vhdx.begin(),
              Vdi.begin(),
              Qed.begin(),
              Luks.begin(),
              Iso.begin(),
              PartitionTable.begin())
          .map(StepReader::new)
          .collect(Collectors.toCollection(ArrayList::new));
  private long size;
  private boolean fixedVhd;
  private @Nullable Refused refused;

  /**
   * @param declared the {@code disk_format} of the image
   */
  public FormatInspection(String declared) {
    this.declared = declared;
  }

  /**
   * Takes in what comes next.
   *
   * @return why the data is refused, as soon as that is certain; null as long as it isn't
   */
  public @Nullable Refused take(byte[] bytes, int offset, int length) {
    if (refused != null) {
      return refused;
    }
    long position = size;
    size += length;
    tail.take(bytes, offset, length);
    if (!undecided.isEmpty()) {
      undecided.forEach(reader -> reader.take(position, bytes, offset, length));
      collect();
      if (undecided.isEmpty()) {
        refused = refusal(false);
      }
    }
    return refused;
  }

  /** The verdict, after all of the data. */
  public Verdict finish() {
    if (refused != null) {
      return refused;
    }
    undecided.forEach(StepReader::end);
    collect();
    Recognition fixed = Vhd.fixed(tail);
    if (fixed != null && !formats().contains(DiskFormat.VHD)) {
      found.add(fixed);
      fixedVhd = true;
    }
    refused = refusal(true);
    if (refused != null) {
      return refused;
    }
    return new Accepted(virtualSize());
  }

  /** Bytes of data that it holds, for tests of the bound. */
  int held() {
    return Tail.LENGTH + undecided.stream().mapToInt(StepReader::held).sum();
  }

  private void collect() {
    for (StepReader reader : undecided) {
      Recognition finding = reader.finding();
      if (finding != null) {
        found.add(finding);
      }
    }
    undecided.removeIf(StepReader::isDecided);
    // In one order, whichever was decided first.
    found.sort(Comparator.comparing(Recognition::format));
  }

  /**
   * @param atEnd whether all of the data is known; if not, it may still turn out to end in a footer
   */
  private @Nullable Refused refusal(boolean atEnd) {
    for (Recognition finding : found) {
      String danger = finding.danger();
      if (danger == null && atEnd) {
        danger = finding.end().danger(tail);
      }
      if (danger != null) {
        return new Refused(
            "the data is %s %s; upload it as one disk that is complete in itself (qemu-img convert makes one)"
                .formatted(finding.format(), danger));
      }
    }
    Set<DiskFormat> formats = formats();
    if (!atEnd && declared.equals(DiskFormat.VHD.wireName()) && isSectors(formats)) {
      return null;
    }
    if (fixedVhd) {
      // The sectors before the footer are those of the disk, whatever it has.
      formats.removeIf(DiskFormat::isSectors);
    }
    if (formats.size() > 1 && !formats.equals(BOOTABLE_DISC)) {
      return new Refused(
          "the data is %s at once, and would be read as either; upload data that is one of them"
              .formatted(names(formats, " and ")));
    }
    return matches(formats) ? null : mismatch(formats);
  }

  private boolean matches(Set<DiskFormat> formats) {
    return isOfSectors()
        ? isSectors(formats)
        : formats.stream().anyMatch(format -> format.wireName().equals(declared));
  }

  /** Whether what is declared has no header of its own. */
  private boolean isOfSectors() {
    return declared.equals(DiskFormat.RAW.wireName()) || NOT_INSPECTED.contains(declared);
  }

  private static boolean isSectors(Set<DiskFormat> formats) {
    return formats.stream().allMatch(DiskFormat::isSectors);
  }

  private Refused mismatch(Set<DiskFormat> formats) {
    String other = formats.stream().map(FormatInspection::declarable).findFirst().orElse("raw");
    return new Refused(
        size == 0
            ? "its disk_format is %s, but there is no data; upload data of that format"
                .formatted(declared)
            : "its disk_format is %s, but the data is %s; upload data of that format, or set disk_format to %s"
                .formatted(
                    declared,
                    formats.isEmpty() ? "of no known format" : names(formats, " and "),
                    other));
  }

  /** The {@code disk_format} to declare for it. */
  private static String declarable(DiskFormat format) {
    return format.isSectors() && format != DiskFormat.ISO ? "raw" : format.wireName();
  }

  private static String names(Set<DiskFormat> formats, String between) {
    return formats.stream().map(DiskFormat::wireName).collect(Collectors.joining(between));
  }

  private Set<DiskFormat> formats() {
    Set<DiskFormat> formats = EnumSet.noneOf(DiskFormat.class);
    found.forEach(finding -> formats.add(finding.format()));
    return formats;
  }

  private @Nullable Long virtualSize() {
    if (NOT_INSPECTED.contains(declared)) {
      return null;
    }
    for (Recognition finding : found) {
      if (finding.format().wireName().equals(declared) && finding.virtualSize() != null) {
        return finding.virtualSize();
      }
    }
    return size;
  }
}
