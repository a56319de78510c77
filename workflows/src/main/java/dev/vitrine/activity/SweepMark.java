package dev.vitrine.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.json.Wire;
import dev.vitrine.lifecycle.Lifecycle;
import org.jspecify.annotations.Nullable;

/**
 * Where a sweep is.
 *
 * @param store in which; null before the first one, and where rows are gone through
 * @param after what was looked at last; null for nothing of it yet
 */
@Wire
public record SweepMark(Part part, @Nullable String store, @Nullable String after) {

  /** Where a sweep begins. */
  public static final SweepMark START = new SweepMark(Part.LOCATIONS, null, null);

  /** What is gone through, in this order. */
  public enum Part {
    /** The places that rows know of. */
    LOCATIONS,
    /** The published keys of each store. */
    PUBLISHED,
    /** The unfinished keys of each store. */
    UNFINISHED;

    @JsonValue
    public String wireName() {
      return Lifecycle.word(this);
    }
  }
}
