package dev.vitrine.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.vitrine.json.Wire;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a store gives back of an image's data at one place, compared with what is recorded.
 *
 * @param detail what is not as recorded, or why nobody knows, in a sentence that is cut; null if
 *     all is well
 */
@Wire
public record LocationCheck(
    UUID imageId, UUID locationId, String store, Outcome outcome, @Nullable String detail) {

  /** The most that a detail has, in bytes. */
  public static final int DETAIL = 400;

  /** What came of it. */
  public enum Outcome {
    /** Size and digests are those that are recorded. */
    OK,
    /** It is there, and something else than what is recorded. */
    WRONG,
    /** The store has nothing there. */
    MISSING,
    /** The store did not give it back, so that nobody knows. */
    UNREAD,
    /** It lies outside the stores, or was given up meanwhile: not looked at. */
    PASSED_OVER;

    @JsonValue
    public String wireName() {
      return Lifecycle.word(this);
    }

    /** Whether somebody has to do something about it. */
    public boolean isBad() {
      return this != OK && this != PASSED_OVER;
    }
  }
}
