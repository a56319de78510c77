package dev.vitrine.registry;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.UUID;

/**
 * What a client gives with a request so that a repeat of it creates nothing twice. Source: the
 * IETF's draft of the {@code Idempotency-Key} header.
 *
 * @param project whose key it is; other projects have keys of their own
 * @param key of the client's choice, 1 to 255 characters
 * @param fingerprint tells requests apart: the same for a repeat, another one for anything else
 */
public record IdempotencyKey(String project, String key, String fingerprint) {

  public IdempotencyKey {
    if (key.isBlank() || key.length() > 255) {
      throw new Invalid("idempotency key '%s': give 1 to 255 characters".formatted(key));
    }
  }

  /**
   * What a key stands for.
   *
   * @param subject the id of the image or task
   * @param isNew whether this claim made it so; else the request is a repeat
   */
  public record Claim(UUID subject, boolean isNew) {}
}
