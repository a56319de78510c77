package dev.vitrine.workflow;

import dev.vitrine.activity.AtOnceActivities;
import dev.vitrine.activity.AtOnceOutcome;
import dev.vitrine.activity.AtOnceRemoval;
import dev.vitrine.activity.AtOnceUpload;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work on little data that is done within the present workflow task: no dispatch, and no event but
 * the one that says what came out. What can't be done so is left to the regular way.
 */
public final class AtOnce {

  /**
   * The change by which what is asked for so is done at once. It is asked for in the input, so that
   * executions of older releases have no marker of it; and a worker of an older release, which
   * knows nothing of it, may have gone the regular way.
   */
  private static final String AT_ONCE = "at-once";

  /**
   * The server takes a workflow task for lost after ten seconds: what lasts for half of that is
   * better seen as an activity of its own. It is not stopped then, but followed.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private AtOnce() {}

  /**
   * Whether to try.
   *
   * @param asked by the workflow's input
   */
  public static boolean isWanted(boolean asked) {
    return asked && Workflow.getVersion(AT_ONCE, Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /**
   * Uploads what is at hand.
   *
   * @param summary for people
   * @return empty if it is not known how far it has got: beginning it says so
   * @throws io.temporal.failure.ApplicationFailure if it is refused
   */
  public static Optional<AtOnceOutcome> upload(AtOnceUpload upload, String summary) {
    return run(() -> stub(summary).uploadAtOnce(upload));
  }

  /** Removes data; empty if that did not succeed at once. */
  public static Optional<AtOnceRemoval> removal(UUID imageId, String summary) {
    return run(() -> stub(summary).removeAtOnce(imageId));
  }

  private static AtOnceActivities stub(String summary) {
    return Workflow.newLocalActivityStub(
        AtOnceActivities.class,
        LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(PATIENCE)
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .setSummary(Excerpt.of(summary, TransferOptions.SUMMARY))
            .build());
  }

  /** Never cut off by a cancellation: nobody would know what had happened. */
  private static <T> Optional<T> run(Supplier<T> activity) {
    Holder<T> result = new Holder<>();
    CancellationScope uncancelled =
        Workflow.newDetachedCancellationScope(() -> result.value = tried(activity));
    uncancelled.run();
    return Optional.ofNullable(result.value);
  }

  private static <T> @Nullable T tried(Supplier<T> activity) {
    try {
      return activity.get();
    } catch (ActivityFailure failure) {
      Optional<VitrineException> error = Failures.fromTemporal(failure);
      if (error.isPresent() && !error.get().isTransient()) {
        throw Failures.toTemporal(error.get());
      }
      return null;
    }
  }

  private static final class Holder<T> {
    private @Nullable T value;
  }
}
