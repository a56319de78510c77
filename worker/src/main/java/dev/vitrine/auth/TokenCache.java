package dev.vitrine.auth;

import dev.vitrine.error.VitrineException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Callers by their token, for a time. Holds hashes and no tokens.
 *
 * <p>Refusals are not kept: a token that is new may be unknown to one of several Keystones for a
 * moment, and tokens that somebody makes up would push out those that are in use.
 */
final class TokenCache {

  private record Kept(Caller caller, Instant until) {}

  private final Duration keep;
  private final int most;
  private final Clock clock;
  private final SingleFlight<String, Caller> asked = new SingleFlight<>();

  /** In the order of last use; guarded by itself. */
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

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

  /** Looks again: another may have got the answer since. */
  private Caller findOrAsk(String key, String token, Function<String, Caller> ask) {
    Caller known = find(key);
    if (known != null) {
      return known;
    }
    Instant askedAt = clock.instant();
    Caller caller = ask.apply(token);
    put(key, caller, askedAt);
    return caller;
  }

  private @Nullable Caller find(String key) {
    synchronized (kept) {
      Kept found = kept.get(key);
      if (found == null || clock.instant().isBefore(found.until())) {
        return found == null ? null : found.caller();
      }
      kept.remove(key);
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
    synchronized (kept) {
      kept.put(key, new Kept(caller, until));
      if (kept.size() > most) {
        kept.remove(kept.keySet().iterator().next());
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
