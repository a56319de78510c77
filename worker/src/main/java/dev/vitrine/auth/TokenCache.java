package dev.vitrine.auth;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Unauthenticated;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Callers by their token, for a time. Holds hashes and no tokens.
 *
 * <p>Refusals are kept for seconds, so that who repeats one costs nothing, and apart: tokens that
 * somebody makes up push out none that are in use. No longer, because a token that is new may be
 * unknown to one of several Keystones for a moment.
 */
final class TokenCache {

  private static final Duration REFUSALS_HOLD = Duration.ofSeconds(3);

  private record Kept<T>(T value, Instant until) {}

  private final Duration keep;
  private final int most;
  private final Clock clock;
  private final SingleFlight<String, Caller> asked = new SingleFlight<>();

  /** In the order of last use; guarded by itself. */
  private final Map<String, Kept<Caller>> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** In the order of their coming; guarded by itself. */
  private final Map<String, Kept<VitrineException>> refused = new LinkedHashMap<>();

  /**
   * An empty cache.
   *
   * @param keep how long, from the moment of asking; a caller's own expiry comes first
   * @param most how many callers, at least 1; the longest unused one makes room
   */
  TokenCache(Duration keep, int most, Clock clock) {
    this.keep = keep;
    this.most = most;
    this.clock = clock;
  }

  /**
   * The caller with that token, from here or from where it is known.
   *
   * @throws VitrineException what asking throws
   */
  Caller get(String token, Function<String, Caller> ask) {
    String key = hash(token);
    Caller known = find(key);
    return known != null ? known : asked.get(key, () -> findOrAsk(key, token, ask));
  }

  /**
   * The caller with that token, if it is known here.
   *
   * @throws VitrineException if the token was refused a moment ago
   */
  Optional<Caller> recall(String token) {
    return Optional.ofNullable(find(hash(token)));
  }

  /** Looks again: another may have got the answer since. */
  private Caller findOrAsk(String key, String token, Function<String, Caller> ask) {
    Caller known = find(key);
    if (known != null) {
      return known;
    }
    Instant askedAt = clock.instant();
    try {
      Caller caller = ask.apply(token);
      put(key, caller, askedAt);
      return caller;
    } catch (Unauthenticated | Forbidden refusal) {
      put(refused, key, new Kept<>(refusal, clock.instant().plus(REFUSALS_HOLD)));
      throw refusal;
    }
  }

  private @Nullable Caller find(String key) {
    VitrineException refusal = find(refused, key);
    if (refusal != null) {
      throw refusal;
    }
    return find(kept, key);
  }

  private <T> @Nullable T find(Map<String, Kept<T>> where, String key) {
    synchronized (where) {
      Kept<T> found = where.get(key);
      if (found == null || clock.instant().isBefore(found.until())) {
        return found == null ? null : found.value();
      }
      where.remove(key);
      return null;
    }
  }

  private void put(String key, Caller caller, Instant askedAt) {
    Instant until = askedAt.plus(keep);
    if (caller.expiresAt() != null && caller.expiresAt().isBefore(until)) {
      until = caller.expiresAt();
    }
    if (!clock.instant().isBefore(until)) {
      return;
    }
    put(kept, key, new Kept<>(caller, until));
  }

  private <T> void put(Map<String, Kept<T>> where, String key, Kept<T> what) {
    synchronized (where) {
      where.put(key, what);
      if (where.size() > most) {
        where.remove(where.keySet().iterator().next());
      }
    }
  }

  private static String hash(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-256", e);
    }
  }
}
