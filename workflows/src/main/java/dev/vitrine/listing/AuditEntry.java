package dev.vitrine.listing;

import dev.vitrine.image.HistoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * One change of a status, as the list of all has it.
 *
 * @param id of the change; a later one of the same image or task has a greater one
 * @param noun {@code image} or {@code task}: what the change's subject is the id of
 * @param owner the project that owned it then; null where it is not known, because the change was
 *     made before that was kept
 */
public record AuditEntry(long id, String noun, @Nullable String owner, HistoryEntry change) {}
