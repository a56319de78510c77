package dev.vitrine.workflow;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ImageActivities;
import dev.vitrine.activity.ImportActivities;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.StreamActivities;
import dev.vitrine.activity.TaskActivities;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The registry, as workflows use it. A step is never cut off by a cancellation, because then nobody
 * would know whether it happened; it takes milliseconds, or as long as the registry is down.
 */
public final class RegistrySteps {

  private final ImageActivities images;
  private final @Nullable ImageActivities imagesInOutage;
  private final ImportActivities imports;
  private final @Nullable ImportActivities importsInOutage;
  private final TaskActivities tasks;
  private final @Nullable TaskActivities tasksInOutage;

  /** Each step until it is done or refused. */
  public RegistrySteps() {
    this(RegistryOptions.QUICK, RegistryOptions.OUTAGE);
  }

  private RegistrySteps(LocalActivityOptions quick, @Nullable ActivityOptions patient) {
    this.images = Workflow.newLocalActivityStub(ImageActivities.class, quick);
    this.imports = Workflow.newLocalActivityStub(ImportActivities.class, quick);
    this.tasks = Workflow.newLocalActivityStub(TaskActivities.class, quick);
    this.imagesInOutage =
        patient == null ? null : Workflow.newActivityStub(ImageActivities.class, patient);
    this.importsInOutage =
        patient == null ? null : Workflow.newActivityStub(ImportActivities.class, patient);
    this.tasksInOutage =
        patient == null ? null : Workflow.newActivityStub(TaskActivities.class, patient);
  }

  /** Each step within that time, or not at all: for what can be left to another time. */
  public static RegistrySteps bounded(Duration patience) {
    return new RegistrySteps(RegistryOptions.bounded(patience), null);
  }

  private final StreamActivities streams =
      Workflow.newLocalActivityStub(StreamActivities.class, RegistryOptions.QUICK);
  private final StreamActivities streamsInOutage =
      Workflow.newActivityStub(StreamActivities.class, RegistryOptions.OUTAGE);

  /**
   * Does a step on images.
   *
   * @throws io.temporal.failure.ApplicationFailure if the registry refuses it
   */
  public <T> T images(Function<ImageActivities, T> step) {
    return step(images, imagesInOutage, step);
  }

  /**
   * Does a step of a stage or an import.
   *
   * @throws io.temporal.failure.ApplicationFailure if the registry refuses it
   */
  public <T> T imports(Function<ImportActivities, T> step) {
    return step(imports, importsInOutage, step);
  }

  /**
   * Does a step on tasks.
   *
   * @throws io.temporal.failure.ApplicationFailure if the registry refuses it
   */
  public <T> T tasks(Function<TaskActivities, T> step) {
    return step(tasks, tasksInOutage, step);
  }

  /** Asks about the processes that hold streams. */
  public <T> T streams(Function<StreamActivities, T> step) {
    return step(streams, streamsInOutage, step);
  }

  /**
   * A change that happens at most once in this execution, however often it is tried or replayed.
   *
   * @param step its name, unique within the execution
   * @param cause why, for the history
   * @param by on whose behalf, for the history
   */
  public static Operation operation(String step, String cause, Requester by) {
    WorkflowInfo info = Workflow.getInfo();
    String run = info.getOriginalExecutionRunId();
    return new Operation(
        info.getWorkflowId() + "/" + run + "/" + step, info.getWorkflowId(), run, cause, by);
  }

  private static <A, T> T step(A local, @Nullable A regular, Function<A, T> step) {
    Holder<T> result = new Holder<>();
    CancellationScope uncancelled =
        Workflow.newDetachedCancellationScope(
            () -> {
              try {
                result.value = step.apply(local);
              } catch (ActivityFailure quick) {
                throwIfRefused(quick);
                if (regular == null) {
                  throw quick;
                }
                try {
                  result.value = step.apply(regular);
                } catch (ActivityFailure patient) {
                  throwIfRefused(patient);
                  throw patient;
                }
              }
            });
    uncancelled.run();
    return result.get();
  }

  /** Without the wrapping, so that the Web UI shows the short message first. */
  private static void throwIfRefused(ActivityFailure failure) {
    Optional<VitrineException> error = Failures.fromTemporal(failure);
    if (error.isPresent() && !error.get().isTransient()) {
      throw Failures.toTemporal(error.get());
    }
  }

  private static final class Holder<T> {
    private @Nullable T value;

    T get() {
      if (value == null) {
        throw new IllegalStateException("a registry step returned nothing");
      }
      return value;
    }
  }
}
