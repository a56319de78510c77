package dev.vitrine.transfer;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException;
import dev.vitrine.store.StoreWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of the places that a pass writes to, until it fails. Safe for two threads. */
final class Place {

  /** Bytes of a cause that is told. */
  static final int CAUSE = 200;

  private final StoreTarget target;
  private volatile @Nullable StoreWriter writer;
  private volatile @Nullable String dropped;
  private volatile @Nullable CompletableFuture<Void> hanging;
  private boolean published;

  Place(StoreTarget target) {
    this.target = target;
  }

  StoreTarget target() {
    return target;
  }

  /** Whether the data goes there, or is there. */
  boolean isWanted() {
    return dropped == null;
  }

  /** Whether the data was there when the attempt began. */
  boolean isPublished() {
    return published;
  }

  void published() {
    published = true;
  }

  /** Whether data is still to be written there. */
  boolean isOpen() {
    return isWanted() && !published;
  }

  /** Why the data does not go there; null if it does. */
  @Nullable String dropped() {
    return dropped;
  }

  void drop(VitrineException cause) {
    drop(Excerpt.of(String.valueOf(cause.getMessage()), CAUSE));
  }

  void drop(String cause) {
    dropped = cause;
  }

  void writesWith(StoreWriter opened) {
    writer = opened;
  }

  /** It has not answered yet, and is dropped for that. */
  void hangsUntil(CompletableFuture<Void> answer) {
    hanging = answer;
  }

  /** Closes what writes there, in whichever way; where a store hangs, once it answers. */
  void close(Consumer<StoreWriter> way) {
    StoreWriter opened = writer;
    CompletableFuture<Void> answer = hanging;
    if (opened != null && answer == null) {
      way.accept(opened);
    } else if (answer != null) {
      var unused =
          answer.whenComplete(
              (done, failed) -> {
                StoreWriter late = writer;
                if (late != null) {
                  way.accept(late);
                }
              });
    }
  }

  /** What writes there, also if it has failed; null before. */
  @Nullable StoreWriter writer() {
    return writer;
  }
}
