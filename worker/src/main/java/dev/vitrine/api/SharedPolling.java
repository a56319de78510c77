package dev.vitrine.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at things again and again for whoever wants to know, at each but once however many do.
 * Thread-safe.
 *
 * @param <K> what tells the things apart
 * @param <T> what there is to see
 */
final class SharedPolling<K, T> {

  private final Duration every;
  private final ScheduledExecutorService threads;
  private final Map<K, Watch> watches = new HashMap<>();

  /** Is told what there is to see. */
  interface Listener<T> {
    /** Looks on behalf of whoever listens. What it throws is for this one alone. */
    T look();

    /** Doesn't block. */
    void seen(T what);

    /** It can't look; the others may. */
    void failed(RuntimeException why);
  }

  /**
   * @param every how often a thing is looked at
   * @param threads that look, and may wait for it
   */
  SharedPolling(Duration every, ScheduledExecutorService threads) {
    this.every = every;
    this.threads = threads;
  }

  /**
   * Tells the listener what there is to see, as soon as it is known and then again and again.
   *
   * @return what ends that
   */
  synchronized Runnable watch(K key, Listener<T> listener) {
    Watch watch = watches.computeIfAbsent(key, Watch::new);
    watch.add(listener);
    return () -> end(watch, listener);
  }

  /** How many things are watched. */
  synchronized int size() {
    return watches.size();
  }

  private synchronized void end(Watch watch, Listener<T> listener) {
    watch.listeners.remove(listener);
    if (watch.listeners.isEmpty()) {
      watch.looking.cancel(false);
      watches.remove(watch.key, watch);
    }
  }

  private final class Watch {
    private final K key;
    private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();
    private final Future<?> looking;
    private volatile @Nullable T latest;

    /** Counts looks; for one thread at a time. */
    private int turn;

    Watch(K key) {
      this.key = key;
      this.looking =
          threads.scheduleWithFixedDelay(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void add(Listener<T> listener) {
      listeners.add(listener);
      T known = latest;
      if (known != null) {
        listener.seen(known);
      }
    }

    /** Those who listen take turns, so that each is asked now and then whether they still may. */
    private void look() {
      List<Listener<T>> present = List.copyOf(listeners);
      turn++;
      for (int i = 0; i < present.size(); i++) {
        Listener<T> one = present.get(Math.floorMod(turn + i, present.size()));
        try {
          T seen = one.look();
          latest = seen;
          listeners.forEach(listener -> listener.seen(seen));
          return;
        } catch (RuntimeException e) {
          one.failed(e);
        }
      }
    }
  }
}
