package dev.vitrine.process;

import static dev.vitrine.workflow.VitrineSearchAttributes.IMAGE_STATUS;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One workflow execution seen from outside, with Vitrine's errors.
 *
 * @param <W> the workflow's interface
 * @param <R> its result
 * @param what the process, as messages name it
 * @param failedRun how an execution ended whose failure that is; empty if it is another failure
 */
record Execution<W, R>(
    WorkflowClient client,
    TemporalErrors errors,
    W stub,
    String what,
    Class<R> resultType,
    Function<Throwable, Optional<R>> failedRun) {

  /** What is left to do for a workflow whose image is settled takes a worker milliseconds. */
  private static final Duration ENDING = Duration.ofSeconds(2);

  /** One whose failures are nothing but failures. */
  Execution(
      WorkflowClient client, TemporalErrors errors, W stub, String what, Class<R> resultType) {
    this(client, errors, stub, what, resultType, failure -> Optional.empty());
  }

  R await() {
    return call(
        () -> {
          try {
            return untyped().getResult(resultType);
          } catch (WorkflowFailedException e) {
            return endedSo(e);
          }
        });
  }

  private R endedSo(WorkflowFailedException failure) {
    return failedRun.apply(failure).orElseThrow(() -> failure);
  }

  /** Empty if it has not ended by then. */
  Optional<R> await(Duration timeout) {
    return call(
        () -> {
          try {
            return Optional.of(
                untyped().getResult(timeout.toMillis(), TimeUnit.MILLISECONDS, resultType));
          } catch (WorkflowFailedException e) {
            return Optional.of(endedSo(e));
          } catch (TimeoutException e) {
            return Optional.empty();
          }
        });
  }

  /** As {@link #await()}, without a thread that waits. */
  CompletableFuture<R> result() {
    return call(() -> answer(untyped().getResultAsync(resultType), failedRun));
  }

  /** Maps what an answer of Temporal's fails with, as {@link #call} does. */
  <T> CompletableFuture<T> answer(CompletableFuture<T> awaited) {
    return answer(awaited, failure -> Optional.empty());
  }

  private <T> CompletableFuture<T> answer(
      CompletableFuture<T> awaited, Function<Throwable, Optional<T>> answerIn) {
    // Not by a dependent stage: that would wrap the error for some ways of looking at it.
    CompletableFuture<T> answer = new CompletableFuture<>();
    var unused =
        awaited.whenComplete(
            (value, error) -> {
              if (error == null) {
                answer.complete(value);
              } else {
                Throwable cause = cause(error);
                Optional<T> failed = answerIn.apply(cause);
                if (failed.isPresent()) {
                  answer.complete(failed.get());
                } else {
                  answer.completeExceptionally(
                      cause instanceof RuntimeException e ? errors.translate(what, e) : cause);
                }
              }
            });
    return answer;
  }

  /** What a stage failed with. */
  static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  /** Sends a signal; without effect if the execution has ended. */
  void signal(Consumer<W> signal) {
    call(
        () -> {
          try {
            signal.accept(stub);
          } catch (WorkflowNotFoundException e) {
            // The server says the same of an execution that has ended and of one that never was.
            describe();
          }
          return true;
        });
  }

  /**
   * Waits a moment for an execution that has done its work and only has to close; for no other.
   *
   * @return whether it is closed
   */
  boolean isEnding() {
    return call(
        () -> {
          String status = describe().getTypedSearchAttributes().get(IMAGE_STATUS);
          if (ImageStatus.SAVING.wireName().equals(status)
              || ImageStatus.UPLOADING.wireName().equals(status)) {
            return false;
          }
          try {
            untyped().getResult(ENDING.toMillis(), TimeUnit.MILLISECONDS, resultType);
            return true;
          } catch (WorkflowFailedException ended) {
            return true;
          } catch (TimeoutException e) {
            return false;
          }
        });
  }

  /** Its state, without asking a worker. */
  ExecutionState state() {
    return call(this::read);
  }

  private ExecutionState read() {
    return ExecutionStateReader.state(describe(), client.getOptions().getDataConverter());
  }

  /**
   * Waits for what is to be quick.
   *
   * @throws Unavailable if no worker takes it up, or it is not through after a while
   */
  R awaitSoon() {
    Optional<R> result = await(Deadlines.FOR_A_WORKER);
    if (result.isEmpty() && state().awaitedQueue() == null) {
      result = await(Deadlines.FOR_AN_ANSWER);
    }
    return result.orElseThrow(this::notSoon);
  }

  /** Why something that was started has not come to an end in time. */
  Unavailable notSoon() {
    return callServer(this::read).awaitedQueue() == null
        ? errors.slow(what)
        : errors.withoutWorker(what + " is recorded, but");
  }

  /** Calls Temporal and maps what it throws. */
  <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw errors.translate(what, e);
    }
  }

  /** As {@link #call}, for what the server answers by itself: unavailable at once if it is away. */
  <T> T callServer(Supplier<T> call) {
    try {
      return Deadlines.within(Deadlines.FOR_THE_SERVER, call);
    } catch (RuntimeException e) {
      throw TemporalErrors.isLate(e) ? errors.unreachable(what, e) : errors.translate(what, e);
    }
  }

  private WorkflowStub untyped() {
    return WorkflowStub.fromTyped(stub);
  }

  private WorkflowExecutionDescription describe() {
    return untyped().describe();
  }
}
