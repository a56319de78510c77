package dev.vitrine.api;

import dev.vitrine.http.Call;
import dev.vitrine.registry.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * {@code Idempotency-Key}: what makes a repeated creation create nothing twice. Source: the IETF's
 * draft of that header; the reference has no such thing.
 */
final class IdempotencyKeys {

  private static final String HEADER = "Idempotency-Key";

  /** The noun that is created, so that one key is not taken for two of them. */
  private final String noun;

  IdempotencyKeys(String noun) {
    this.noun = noun;
  }

  /**
   * The key in a request, with what tells this request from another under the same key.
   *
   * @throws dev.vitrine.error.VitrineException.Invalid if it is empty or too long
   */
  Optional<IdempotencyKey> of(Call call) {
    return call.header(HEADER)
        .map(key -> new IdempotencyKey(call.requester().project(), key, fingerprint(call)));
  }

  private String fingerprint(Call call) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (noun + "\n" + call.requester().user() + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(call.body()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
