package dev.vitrine.bench.growth;

import dev.vitrine.error.VitrineException.Invalid;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param sizes images of a registry, ascending; the one that the others are compared with among
 *     them
 * @param transfers images of each that are {@code saving}, but no more than half of them
 * @param rounds how often each operation has its turn at each size
 * @param count calls in a turn
 * @param registry a database of PostgreSQL by its URL, for schemas of this run; null for a file of
 *     SQLite for each size
 * @param directory for those files
 * @param pids processes that count beside this one, with their children
 * @param progress is told what is being done
 */
public record GrowthPlan(
    List<Integer> sizes,
    int transfers,
    int rounds,
    int count,
    @Nullable String registry,
    Path directory,
    List<Long> pids,
    Consumer<String> progress) {

  /** The size that the others are compared with. */
  public static final int BASE = 10_000;

  /** What a size may cost at most, of the base's cost. */
  public static final double LIMIT = 1.5;

  /** More would fill a disk before it told anything new. */
  private static final int MOST = 10_000_000;

  /**
   * @throws Invalid naming the option
   */
  public GrowthPlan {
    sizes = sizes.stream().sorted().distinct().toList();
    pids = List.copyOf(pids);
    for (int size : sizes) {
      require("--size", size, MOST);
    }
    if (!sizes.contains(BASE)) {
      throw new Invalid(
          "--size: %d is what the others are compared with; give it, too".formatted(BASE));
    }
    require("--transfers", transfers, MOST);
    require("--rounds", rounds, 1_000);
    require("--count", count, 1_000_000);
  }

  private static void require(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new Invalid("%s %d: give a number from 1 to %d".formatted(option, value, most));
    }
  }
}
