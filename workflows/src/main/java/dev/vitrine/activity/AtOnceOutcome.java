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
 */
@Wire
public record AtOnceOutcome(@Nullable Location location, @Nullable ImageSummary active) {

  /** Nothing has changed. */
  public static final AtOnceOutcome NOT_BEGUN = new AtOnceOutcome(null, null);

  /** It has begun, and is not over. */
  public static AtOnceOutcome begun(Location location) {
    return new AtOnceOutcome(location, null);
  }

  /** The data is in. */
  public static AtOnceOutcome done(ImageSummary active) {
    return new AtOnceOutcome(null, active);
  }
}
