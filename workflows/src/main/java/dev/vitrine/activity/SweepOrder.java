package dev.vitrine.activity;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep through the stores looks at, and what it does about it.
 *
 * @param store the only one that is looked at; null for all
 * @param read whether data is read and compared with its digests, and not its size alone
 * @param orphans whether the stores are gone through for what no row knows
 * @param repair whether what can be put right without loss is: what no row knows is removed, and of
 *     several places of an image one that has nothing is no longer one
 * @param grace how old what no row knows has to be before it is spoken of
 * @param bytesPerSecond that are read at most; 0 for as fast as it goes
 * @param objectsPerSecond that are asked for at most; 0 for as fast as it goes
 */
@Wire
public record SweepOrder(
    @Nullable String store,
    boolean read,
    boolean orphans,
    boolean repair,
    Duration grace,
    long bytesPerSecond,
    long objectsPerSecond) {

  /** As long as the name of a store may be. */
  private static final int NAME = 255;

  public SweepOrder {
    if (grace.isNegative() || bytesPerSecond < 0 || objectsPerSecond < 0) {
      throw new Invalid(
          "a sweep with a grace of %s, %d bytes and %d objects per second: give none below zero"
              .formatted(grace, bytesPerSecond, objectsPerSecond));
    }
    if (store != null && store.length() > NAME) {
      throw new Invalid("store: give a name of %d characters at most".formatted(NAME));
    }
  }

  /** The same in words that stand in a path: {@code read-orphans-repair}. */
  public String words() {
    StringBuilder words = new StringBuilder(read ? "read" : "look");
    if (orphans) {
      words.append("-orphans");
    }
    if (repair) {
      words.append("-repair");
    }
    return store == null ? words.toString() : words.append('/').append(store).toString();
  }
}
