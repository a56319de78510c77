package dev.vitrine.store.s3;

import dev.vitrine.thread.DaemonThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Runs requests on threads of its own, since the client gives up the request of a thread that is
 * interrupted, and a part that was on its way would be lost. Safe for use by many threads, of which
 * each waits for what it asked for; its own threads let the process end.
 */
final class Uninterrupted {

  private final Executor executor =
      Executors.newCachedThreadPool(DaemonThreads.named("vitrine-s3"));

  /** Begins, and goes on beside. */
  <T> CompletableFuture<T> begin(Supplier<T> request) {
    return CompletableFuture.supplyAsync(request, executor);
  }

  /** Waits for the end, whether or not this thread is interrupted, and throws what it threw. */
  static <T> T await(CompletableFuture<T> begun) {
    try {
      return begun.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  <T> T call(Supplier<T> request) {
    return await(begin(request));
  }

  void run(Runnable request) {
    await(CompletableFuture.runAsync(request, executor));
  }
}
