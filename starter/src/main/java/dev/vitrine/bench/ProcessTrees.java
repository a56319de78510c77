package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The CPU of processes and all that come from them, as Linux tells it. One that has ended meanwhile
 * counts as long as its parent has waited for it, as PostgreSQL does for its backends. Source:
 * proc(5).
 *
 * @param roots process ids
 * @param proc {@code /proc}
 */
public record ProcessTrees(List<Long> roots, Path proc) {

  /** Of every Linux that Java runs on: {@code getconf CLK_TCK}. */
  private static final double TICKS_PER_SECOND = 100;

  /** After the name in parentheses, which may have anything in it: state is field 3. */
  private static final int PARENT = 4 - 3;

  private static final int UTIME = 14 - 3;
  private static final int TIMES = 4;

  private record Entry(long parent, long ticks) {}

  /**
   * @throws Invalid if one is not there
   */
  public ProcessTrees {
    roots = List.copyOf(roots);
    for (long root : roots) {
      if (!Files.isReadable(proc.resolve(root + "/stat"))) {
        throw new Invalid(
            "--pid %d: %s has no such process; it must run on this machine, and that be Linux"
                .formatted(root, proc));
      }
    }
  }

  public static ProcessTrees of(List<Long> roots) {
    return new ProcessTrees(roots, Path.of("/proc"));
  }

  /**
   * The CPU seconds that they have taken so far.
   *
   * @throws Invalid if one of the roots has ended
   */
  double cpuSeconds() {
    if (roots.isEmpty()) {
      return 0;
    }
    Map<Long, Entry> all = all();
    for (long root : roots) {
      if (!all.containsKey(root)) {
        throw new Invalid("--pid %d: the process has ended".formatted(root));
      }
    }
    Set<Long> counted = new HashSet<>(roots);
    boolean found = true;
    while (found) {
      found = false;
      for (Map.Entry<Long, Entry> one : all.entrySet()) {
        found |= counted.contains(one.getValue().parent()) && counted.add(one.getKey());
      }
    }
    long ticks = counted.stream().map(all::get).mapToLong(Entry::ticks).sum();
    return ticks / TICKS_PER_SECOND;
  }

  private Map<Long, Entry> all() {
    Map<Long, Entry> all = new HashMap<>();
    try (Stream<Path> entries = Files.list(proc)) {
      entries
          .filter(entry -> entry.getFileName().toString().matches("\\d+"))
          .forEach(entry -> read(entry, all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** One that ends while it is looked at counts with its parent. */
  private static void read(Path entry, Map<Long, Entry> into) {
    String stat;
    try {
      stat = Files.readString(entry.resolve("stat"));
    } catch (IOException ended) {
      return;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int time = UTIME; time < UTIME + TIMES; time++) {
      ticks += Long.parseLong(fields[time]);
    }
    into.put(
        Long.valueOf(entry.getFileName().toString()),
        new Entry(Long.parseLong(fields[PARENT]), ticks));
  }
}
