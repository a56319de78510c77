package dev.vitrine.image;

import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The uploads of an image.
 *
 * @param begun how many have begun so far
 * @param workflowId the workflow of the present or last one; null if none is noted
 */
@Wire
public record ImageUploads(int begun, @Nullable String workflowId) {}
