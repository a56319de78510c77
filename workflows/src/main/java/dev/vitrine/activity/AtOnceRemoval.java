package dev.vitrine.activity;

import dev.vitrine.image.ImageSummary;
import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What has been removed of an image's data.
 *
 * @param image null if it is not {@code deleted}, and nothing was done
 * @param removed how many locations
 * @param left how many there are still
 */
@Wire
public record AtOnceRemoval(@Nullable ImageSummary image, int removed, int left) {}
