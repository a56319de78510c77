package dev.vitrine.process;

import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Unavailable;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** What an execution answers to the update with which it was started. */
final class UpdateAnswer {

  /** An execution that ended before it answered is closed by then; another goes on. */
  private static final Duration ENDING = Duration.ofSeconds(2);

  private UpdateAnswer() {}

  /** Waits on the calling thread until a worker has taken the update up, and no longer. */
  static <R> UpdateOptions<R> options(Class<R> result) {
    return UpdateOptions.<R>newBuilder()
        .setResultClass(result)
        .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
        .build();
  }

  /**
   * Sends the update.
   *
   * @param start starts the execution, or joins the one that runs, with the update
   * @param limit how long the answer may take once a worker has taken the update up
   * @param execution the same execution by its id: what was not heard to have started may have done
   *     so
   * @param handle of what was answered
   * @return the handle; exceptionally with the reason for a failure, which the execution may know
   *     better than the update
   */
  static <R, H> CompletableFuture<H> of(
      Supplier<WorkflowUpdateHandle<R>> start,
      Duration limit,
      Execution<?, ?> execution,
      Function<R, H> handle) {
    return execution.answer(
        sent(start, limit)
            // Asks Temporal again: not on the thread that brings its answers.
            .exceptionallyComposeAsync(error -> explained(Execution.cause(error), execution))
            .thenApply(handle));
  }

  private static <R> CompletableFuture<R> sent(
      Supplier<WorkflowUpdateHandle<R>> start, Duration limit) {
    try {
      return Deadlines.within(Deadlines.FOR_A_WORKER, start)
          .getResultAsync(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <R> CompletableFuture<R> explained(Throwable error, Execution<?, ?> execution) {
    if (TemporalErrors.isLate(error)) {
      return CompletableFuture.failedFuture(execution.notSoon());
    }
    boolean unanswered =
        error instanceof WorkflowUpdateException || error instanceof WorkflowNotFoundException;
    if (unanswered && Failures.fromTemporal(error).isEmpty()) {
      // What is refused ends as a failed workflow, which may be over before the update is.
      if (execution.await(ENDING).isEmpty()) {
        return CompletableFuture.failedFuture(
            new Unavailable(
                "%s is under way, by a worker of another release that does not answer: look at it later"
                    .formatted(execution.what())));
      }
    }
    return CompletableFuture.failedFuture(error);
  }
}
