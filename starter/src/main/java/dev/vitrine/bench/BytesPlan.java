package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.Invalid;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What to measure of large data.
 *
 * @param size bytes of one stream, or of all that go at once
 * @param streams how many go at once where more than one does
 * @param rounds in each of which every kind of work has its turn
 * @param directory where the loop writes; best on the disk of the store
 * @param pids processes whose CPU counts beside that of this one, with their children: the Temporal
 *     server's, the database's
 * @param progress is told what is being done
 */
public record BytesPlan(
    long size,
    int streams,
    int rounds,
    Path directory,
    List<Long> pids,
    Consumer<String> progress) {

  /**
   * @throws Invalid if a number makes no sense
   */
  public BytesPlan {
    require("--size", size);
    require("--streams", streams);
    require("--rounds", rounds);
    pids = List.copyOf(pids);
  }

  private static void require(String option, long value) {
    if (value < 1) {
      throw new Invalid("%s %d: give a number, 1 or more".formatted(option, value));
    }
  }
}
