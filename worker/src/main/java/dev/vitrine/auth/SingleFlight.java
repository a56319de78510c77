package dev.vitrine.auth;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Of those who ask the same at the same time, one asks and the others wait for its answer, be it a
 * refusal. What does not answer is so asked once, and nobody waits in a queue for it.
 */
final class SingleFlight<K, V> {

  private final ConcurrentMap<K, CompletableFuture<V>> asked = new ConcurrentHashMap<>();

  /**
   * The answer.
   *
   * @throws VitrineException what asking throws, to everybody who waited for it
   */
  V get(K key, Supplier<V> ask) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> theirs = asked.putIfAbsent(key, mine);
    if (theirs != null) {
      return follow(theirs);
    }
    try {
      V answer = ask.get();
      mine.complete(answer);
      return answer;
    } catch (Throwable e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      asked.remove(key);
    }
  }

  /** How many questions are open. */
  int size() {
    return asked.size();
  }

  private static <V> V follow(CompletableFuture<V> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("the wait for another's answer was interrupted; try again");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VitrineException refused) {
        throw refused;
      }
      throw new IllegalStateException("the one who asked failed", e.getCause());
    }
  }
}
