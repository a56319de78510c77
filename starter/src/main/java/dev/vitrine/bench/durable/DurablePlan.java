package dev.vitrine.bench.durable;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What to measure, and how often.
 *
 * @param parallel calls at once
 * @param first how many calls of each kind are measured right after the start
 * @param warmUp how many of each kind follow that are not measured
 * @param rounds in each of which every kind has its turn, so that what else the machine does hits
 *     all alike
 * @param count calls of a kind in a round
 * @param only the kinds to measure, by their names; empty for all. The floor always is
 * @param pids processes whose CPU counts beside that of this one, with their children: the Temporal
 *     server's, the database's
 * @param progress is told what is being done
 */
public record DurablePlan(
    int parallel,
    int first,
    int warmUp,
    int rounds,
    int count,
    Set<String> only,
    List<Long> pids,
    Consumer<String> progress) {

  /**
   * @throws Invalid if a number makes no sense
   */
  public DurablePlan {
    require("--parallel", parallel, 1);
    require("--first", first, 0);
    require("--warm-up", warmUp, 0);
    require("--rounds", rounds, 1);
    require("--count", count, 1);
    only = Set.copyOf(only);
    pids = List.copyOf(pids);
  }

  private static void require(String option, int value, int least) {
    if (value < least) {
      throw new Invalid("%s %d: give a number, %d or more".formatted(option, value, least));
    }
  }
}
