package dev.vitrine.bench;

import dev.vitrine.error.VitrineException.Invalid;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What to measure.
 *
 * @param size bytes of an image's data
 * @param count how many uploads or downloads
 * @param images how many images to create and list
 * @param parallel how many calls at once, for small ones
 * @param directory where the reference writes; best on the disk that the server stores on
 * @param processes of the server, whose CPU and memory are looked at
 * @param progress is told what is being done
 */
public record BenchPlan(
    long size,
    int count,
    int images,
    int parallel,
    Path directory,
    ServerProcesses processes,
    Consumer<String> progress) {

  /**
   * @throws Invalid if a number is not positive
   */
  public BenchPlan {
    require("--size", size);
    require("--count", count);
    require("--images", images);
    require("--parallel", parallel);
  }

  private static void require(String option, long value) {
    if (value < 1) {
      throw new Invalid("%s %d: give a number, 1 or more".formatted(option, value));
    }
  }
}
