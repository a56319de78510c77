package dev.vitrine.guard;

import dev.vitrine.image.Image;
import org.jspecify.annotations.Nullable;

/**
 * An image that has been deleted just now, and what is left to do.
 *
 * @param dataLeft whether it has locations, whose data is to be removed: at once, or after its
 *     scrub time
 * @param upload the workflow of an upload that was going on and has to be stopped; null if none
 */
public record DeletedImage(Image image, boolean dataLeft, @Nullable String upload) {}
