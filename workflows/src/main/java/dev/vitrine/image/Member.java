package dev.vitrine.image;

import dev.vitrine.json.Wire;
import java.time.Instant;
import java.util.UUID;

/**
 * A project with which a {@code shared} image is shared.
 *
 * @param member the project's id
 */
@Wire
public record Member(
    UUID imageId, String member, MemberStatus status, Instant createdAt, Instant updatedAt) {}
