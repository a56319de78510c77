package dev.vitrine.operations;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException;
import dev.vitrine.thread.DaemonThreads;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a process can do its work. Each question is asked beside the others, once at a time, and
 * given up after a moment: a store that hangs takes one thread, however often somebody asks.
 * Thread-safe.
 */
final class Health {

  /** Bytes of a reason. */
  private static final int REASON = 300;

  static final String OK = "ok";

  private final Map<String, Runnable> questions;
  private final Duration patience;
  private final Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(DaemonThreads.named("vitrine-health"));

  /**
   * @param questions by what they ask; one throws if the answer is no
   * @param patience with all of them together
   */
  Health(Map<String, Runnable> questions, Duration patience) {
    this.questions = new LinkedHashMap<>(questions);
    this.patience = patience;
  }

  /** What each of them answers: {@value #OK}, or why not. */
  Map<String, String> ask() {
    Map<String, CompletableFuture<String>> answers = begin();
    long end = System.nanoTime() + patience.toNanos();
    Map<String, String> told = new LinkedHashMap<>();
    answers.forEach((name, answer) -> told.put(name, await(answer, end)));
    return told;
  }

  private synchronized Map<String, CompletableFuture<String>> begin() {
    questions.forEach(
        (name, question) -> {
          CompletableFuture<String> before = asked.get(name);
          if (before == null || before.isDone()) {
            asked.put(name, CompletableFuture.supplyAsync(() -> answer(question), threads));
          }
        });
    return new LinkedHashMap<>(asked);
  }

  private static String answer(Runnable question) {
    try {
      question.run();
      return OK;
    } catch (VitrineException e) {
      return Excerpt.of(String.valueOf(e.getMessage()), REASON);
    } catch (StatusRuntimeException e) {
      return "it answers " + e.getStatus().getCode();
    }
  }

  private String await(CompletableFuture<String> answer, long end) {
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return "no answer within %d ms".formatted(patience.toMillis());
    } catch (ExecutionException e) {
      return "it can't be asked: " + Excerpt.of(String.valueOf(e.getCause()), REASON);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
