package dev.vitrine.activity;

import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * How far an upload has got.
 *
 * @param location that it has begun to write to, and somebody has to go on with; null if it has not
 *     begun, or is over
 * @param active the image, if it is over and its data is in; else null
 * @param copiedWithin the store that has copied its own data; null where bytes were moved, or where
 *     it was not told
 */
@Wire
public record AtOnceOutcome(
    @Nullable Location location, @Nullable ImageSummary active, @Nullable String copiedWithin) {

  /** Nothing has changed. */
  public static final AtOnceOutcome NOT_BEGUN = new AtOnceOutcome(null, null, null);

  /** It has begun, and is not over. */
  public static AtOnceOutcome begun(Location location) {
    return new AtOnceOutcome(location, null, null);
  }

  /** The data is in. */
  public static AtOnceOutcome done(ImageSummary active) {
    return new AtOnceOutcome(null, active, null);
  }

  /** The same, whose data that store has copied; null for no store. */
  public AtOnceOutcome copiedWithin(@Nullable String store) {
    return new AtOnceOutcome(location, active, store);
  }
}
