package dev.vitrine.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.json.Wire;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be.
 *
 * @param key in the store; empty where it is about the store as a whole
 * @param imageId whose data it is, or was; null where it is about the store as a whole
 * @param detail what it is and what to do, in a sentence that is cut
 * @param repaired whether it was put right
 */
@Wire
public record SweepFinding(
    Kind kind, String store, String key, @Nullable UUID imageId, String detail, boolean repaired) {

  /** What there is to find. */
  public enum Kind {
    /** Data is something else than what is recorded. */
    WRONG,
    /** A row knows of data, and the store has none. */
    MISSING,
    /** The store does not answer, so that nobody knows. */
    UNREAD,
    /** The store has data that no row knows of. */
    ORPHAN;

    @JsonValue
    public String wireName() {
      return Lifecycle.word(this);
    }
  }
}
