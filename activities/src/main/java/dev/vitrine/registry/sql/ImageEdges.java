package dev.vitrine.registry.sql;

import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.database.LostRace;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.lifecycle.Edge;
import dev.vitrine.registry.sql.history.HistorySubject;
import dev.vitrine.registry.sql.history.HistoryTable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A change of an image's status, in a transaction: whether the operation was done before, what the
 * table says, the compare-and-set, what goes along with it, and the row of history.
 */
record ImageEdges(Database database) {

  /** What goes along with a change of status, in its transaction. */
  interface Effect {
    void apply(Image before, Instant now);
  }

  /**
   * Takes the edge of an event.
   *
   * @param event what happens to the image as it is
   * @param outcome what changes in its row beside the status
   * @return the image as it is then; as it was if the operation was done before
   */
  Image take(
      Handle handle,
      Operation operation,
      UUID id,
      Function<Image, ImageEvent> event,
      UnaryOperator<ImageOutcome> outcome,
      Effect effect) {
    Image unchanged = move(handle, operation, id, event, outcome, effect);
    return unchanged == null ? new ImagesTable(handle).require(id) : unchanged;
  }

  /**
   * Takes the edge of an event, for whoever needs not be shown what became of the image.
   *
   * @return the image if it stays as it is, because the operation was done before; or else null
   */
  @Nullable Image move(
      Handle handle,
      Operation operation,
      UUID id,
      Function<Image, ImageEvent> event,
      UnaryOperator<ImageOutcome> outcome,
      Effect effect) {
    Image image = new ImagesTable(handle).require(id);
    HistoryTable history = new HistoryTable(handle);
    if (history.has(operation, HistorySubject.IMAGE, id)) {
      return image;
    }
    Optional<Edge<ImageStatus, ImageEvent>> edge =
        Transitions.require(ImageLifecycle.TABLE, id, image.status(), event.apply(image));
    if (edge.isEmpty()) {
      return image;
    }
    Instant now = database.now();
    ImageOutcome after = outcome.apply(ImageOutcome.of(image));
    if (!new ImagesTable(handle).move(image, edge.get().to(), after, now)) {
      throw new LostRace("image %s was changed at the same time".formatted(id));
    }
    effect.apply(image, now);
    if (image.status() == ImageStatus.DEACTIVATED) {
      new DeactivationsTable(handle).forget(id);
    }
    history.insert(operation, HistorySubject.IMAGE, id, image.owner(), edge.get(), now);
    return null;
  }
}
