package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a server on this machine, as Linux tells of them. Source: proc(5).
 *
 * @param proc {@code /proc}
 */
public record ServerProcesses(List<Long> pids, Path proc) {

  /** Of every Linux that Java runs on: {@code getconf CLK_TCK}. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  /** After the name in parentheses, which may have anything in it: state is field 3. */
  private static final int UTIME = 14 - 3;

  private static final int STIME = 15 - 3;

  /**
   * @throws Invalid if one is not there
   */
  public ServerProcesses {
    pids = List.copyOf(pids);
    for (long pid : pids) {
      if (!Files.isReadable(proc.resolve(pid + "/stat"))) {
        throw new Invalid(
            "--pid %d: %s has no such process; it must run on this machine, and that be Linux"
                .formatted(pid, proc));
      }
    }
  }

  /** Those of this machine. */
  public static ServerProcesses of(List<Long> pids) {
    return new ServerProcesses(pids, Path.of("/proc"));
  }

  /** The CPU seconds that they have taken so far; null if there are none. */
  @Nullable Double cpuSeconds() {
    if (pids.isEmpty()) {
      return null;
    }
    double ticks = 0;
    for (long pid : pids) {
      String stat = read(pid, "stat");
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      ticks += Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** The most memory that each has had since it began, in all, in bytes; null if there are none. */
  @Nullable Long peakMemory() {
    if (pids.isEmpty()) {
      return null;
    }
    long bytes = 0;
    for (long pid : pids) {
      Matcher peak = PEAK.matcher(read(pid, "status"));
      bytes += peak.find() ? Long.parseLong(peak.group(1)) * 1024 : 0;
    }
    return bytes;
  }

  private String read(long pid, String file) {
    try {
      return Files.readString(proc.resolve(pid + "/" + file));
    } catch (IOException e) {
      throw new Invalid("--pid %d: the process has ended".formatted(pid));
    }
  }
}
