package dev.vitrine.registry;

import dev.vitrine.workflow.InstallationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which installation a registry is of.
 *
 * @param createdAt when the registry was first opened by a release that knows installations
 * @param formerWork whether work may exist on the task queues of releases before those
 * @param home where its work runs; null until its first worker has started
 */
public record InstallationRecord(
    InstallationId id, Instant createdAt, boolean formerWork, @Nullable Home home) {}
