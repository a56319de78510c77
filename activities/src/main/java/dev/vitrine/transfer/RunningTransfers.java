package dev.vitrine.transfer;

import io.temporal.client.ActivityCanceledException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The transfers of this process, by what they move: an attempt of an activity finds the one that an
 * earlier attempt began, and what came out of a stream until it is released. Safe for use by many
 * threads.
 */
final class RunningTransfers {

  private final ConcurrentMap<UUID, RunningTransfer> byKey = new ConcurrentHashMap<>();

  /** The one that runs, or has ended and is kept. */
  Optional<RunningTransfer> find(UUID key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Enters one; returns false if another was there before. */
  boolean enter(UUID key, RunningTransfer transfer) {
    return byKey.putIfAbsent(key, transfer) == null;
  }

  /** Forgets one that has ended. */
  void forget(UUID key, RunningTransfer transfer) {
    byKey.remove(key, transfer);
  }

  /** Nobody wants it any more: it is stopped if it still runs, and forgotten. */
  void release(UUID key) {
    RunningTransfer transfer = byKey.remove(key);
    if (transfer != null) {
      transfer.stop(new ActivityCanceledException());
    }
  }
}
