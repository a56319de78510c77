package dev.vitrine.activity;

import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Location;
import dev.vitrine.json.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import has to do still.
 *
 * @param source where the image's data is already: what is staged, or one of its copies; null if it
 *     has none
 * @param targets the {@code pending} locations, one in each store; what is staged is one of them
 *     where its store is wanted
 * @param expected what is known of the data
 * @param succeeded what has come of it, where it is over already; null where there is something to
 *     do
 */
@Wire
public record ImportPlan(
    @Nullable Location source,
    List<Location> targets,
    ExpectedData expected,
    @Nullable Boolean succeeded) {

  public ImportPlan {
    targets = List.copyOf(targets);
  }

  /** Of one that is over. */
  public static ImportPlan over(boolean succeeded) {
    return new ImportPlan(null, List.of(), ExpectedData.NONE, succeeded);
  }

  /** Whether it is over already. */
  public boolean over() {
    return succeeded != null;
  }
}
