package dev.vitrine.registry.sql;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a task's status sets along with it.
 *
 * @param imageId null to keep what is known
 */
record TaskOutcome(
    @Nullable Map<String, Object> result,
    @Nullable String message,
    @Nullable UUID imageId,
    @Nullable Instant expiresAt) {

  static TaskOutcome started(UUID imageId) {
    return new TaskOutcome(null, null, imageId, null);
  }

  static TaskOutcome succeeded(Map<String, Object> result, Instant expiresAt) {
    return new TaskOutcome(result, null, null, expiresAt);
  }

  static TaskOutcome failed(String message, @Nullable UUID imageId, Instant expiresAt) {
    return new TaskOutcome(null, message, imageId, expiresAt);
  }
}
