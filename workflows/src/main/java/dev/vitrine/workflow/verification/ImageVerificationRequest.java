package dev.vitrine.workflow.verification;

import dev.vitrine.access.Requester;
import dev.vitrine.json.Wire;
import java.util.UUID;

/**
 * One verification of an image.
 *
 * @param by who asks, and must be allowed to see the image
 */
@Wire
public record ImageVerificationRequest(UUID imageId, Requester by) {}
