package dev.vitrine.workflow.task;

import static dev.vitrine.workflow.RegistrySteps.operation;
import static java.util.Objects.requireNonNullElse;

import dev.vitrine.access.Requester;
import dev.vitrine.error.Failures;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.AtOnce;
import dev.vitrine.workflow.Cancellation;
import dev.vitrine.workflow.CurrentDetails;
import dev.vitrine.workflow.Faults;
import dev.vitrine.workflow.FinishedLine;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.VitrineSearchAttributes;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The task: pending, processing, the run of its type, success; or compensation and failure. */
public final class TaskWorkflowImpl implements TaskWorkflow {

  /** The change by which a task that failed ends as a failed workflow; before, it was returned. */
  private static final String FAILS = "task-fails";

  private final RegistrySteps registry = new RegistrySteps();
  private final CurrentDetails steps = new CurrentDetails();
  private @Nullable TaskSummary task;
  private @Nullable String cancelled;
  private @Nullable Requester canceller;
  private @Nullable CancellationScope runScope;
  private @Nullable TypedTask begun;
  private @Nullable Map<String, Object> result;

  /** Whether attributes are told when somebody can look for them, and not with every step. */
  private boolean atOnce;

  @Override
  public TaskSummary run(TaskRequest request) {
    atOnce = AtOnce.isWanted(request.atOnce());
    return runCreated(request, create(request));
  }

  private TaskSummary create(TaskRequest request) {
    return registry.tasks(
        tasks ->
            tasks.createTask(
                operation("create", "created by " + request.by().display(), request.by()),
                request.taskId(),
                request.input(),
                request.by(),
                request.retryOf()));
  }

  private TaskSummary runCreated(TaskRequest request, TaskSummary known) {
    show(known);
    if (known.status().isFinal()) {
      // Somebody has reset the workflow, or run it again: what is done stays done.
      return end(known, true);
    }
    TypedTask typed = typed(request, known);
    begun = typed;
    boolean started = known.status() == TaskStatus.PROCESSING;
    Map<String, Object> outcome;
    try {
      refuseIfCancelled();
      typed.admit();
      show(
          registry.tasks(
              tasks ->
                  tasks.startTask(
                      operation("start", "picked up", request.by()),
                      request.taskId(),
                      typed.imageId())));
      started = true;
      outcome = runCancellably(typed);
    } catch (RuntimeException failure) {
      Faults.rethrowIfForAnotherWorker(failure);
      String message = explain(request, typed, started, failure);
      boolean fails = Workflow.getVersion(FAILS, Workflow.DEFAULT_VERSION, 1) == 1;
      if (fails) {
        TaskSummary now = lookAgain(request);
        if (now.status().isFinal()) {
          return end(now, true);
        }
      }
      steps.begin("undo: " + Markdown.code(message));
      if (started) {
        Workflow.newDetachedCancellationScope(typed::compensate).run();
      }
      boolean exists = started || !request.input().taskType().makesImage();
      TaskSummary ended = fail(request, exists ? typed.imageId() : null, message);
      return end(ended, fails && !Cancellation.isCauseOf(failure));
    }
    return end(succeed(request, typed, outcome), true);
  }

  /**
   * @param fails whether a task that failed is a failed workflow, too: not if somebody stopped it
   */
  private TaskSummary end(TaskSummary ended, boolean fails) {
    show(ended);
    tellAttributes();
    FinishedLine.write(
        "%s, task %s, %s%s"
            .formatted(
                ended.type().wireName(),
                ended.id(),
                ended.status().wireName(),
                ended.imageId() == null ? "" : ", image " + ended.imageId()),
        begun == null ? null : begun.moved(),
        begun == null ? null : begun.attempts(),
        ended.message());
    steps.end(
        ended.status() == TaskStatus.SUCCESS
            ? "success"
            : "failure: " + Markdown.code(String.valueOf(ended.message())));
    if (fails && ended.status() == TaskStatus.FAILURE) {
      throw FailedTask.of(ended);
    }
    return ended;
  }

  /** The task as the registry has it, whoever has settled it. */
  private TaskSummary lookAgain(TaskRequest request) {
    Requester owner = Requester.admin(request.by().user(), request.by().project());
    return registry.tasks(tasks -> tasks.requireTask(request.taskId(), owner));
  }

  @Override
  public void cancel(Requester by) {
    if (cancelled != null || result != null) {
      return;
    }
    cancelled = "cancelled by %s at %s".formatted(by.display(), now());
    canceller = by;
    if (runScope != null) {
      runScope.cancel();
    }
  }

  @Override
  public void delete(Requester by, String deletionWorkflowId) {
    if (begun != null) {
      begun.stopUpload(by, deletionWorkflowId);
    }
  }

  @Override
  public TaskSummary task() {
    if (task == null) {
      throw new IllegalStateException("the task is not pending yet");
    }
    return task;
  }

  private TypedTask typed(TaskRequest request, TaskSummary known) {
    TaskInput input = request.input();
    return switch (input.taskType()) {
      case IMPORT -> new ImportTask((TaskInput.Import) input, image(request, known));
      case CLONE ->
          new CloneTask(registry, request.by(), (TaskInput.Clone) input, image(request, known));
      case EXPORT -> new ExportTask(registry, request, (TaskInput.Export) input);
      case API_IMAGE_IMPORT, LOCATION_IMPORT ->
          new ImageImportTask(registry, request, (TaskInput.ImageImport) input, steps);
    };
  }

  private ImageOfTask image(TaskRequest request, TaskSummary known) {
    return new ImageOfTask(registry, request, known, atOnce, this::tellAttributes);
  }

  private Map<String, Object> runCancellably(TypedTask typed) {
    steps.begin("run on image " + Markdown.code(typed.imageId()));
    CancellationScope scope = Workflow.newCancellationScope(() -> result = typed.run());
    runScope = scope;
    if (cancelled != null) {
      scope.cancel();
    }
    scope.run();
    if (result == null) {
      throw new IllegalStateException("the run returned nothing");
    }
    return result;
  }

  private void refuseIfCancelled() {
    if (cancelled != null || CancellationScope.current().isCancelRequested()) {
      throw new CanceledFailure("before it began");
    }
  }

  private TaskSummary succeed(TaskRequest request, TypedTask typed, Map<String, Object> outcome) {
    try {
      return registry.tasks(
          tasks ->
              tasks.succeedTask(
                  operation("succeed", "done", request.by()), request.taskId(), outcome));
    } catch (ApplicationFailure refused) {
      TaskSummary now = lookAgain(request);
      if (now.status().isFinal()) {
        return now;
      }
      // Somebody has invented the result of a step, with "temporal activity complete".
      Workflow.newDetachedCancellationScope(typed::compensate).run();
      return fail(request, typed.imageId(), explain(request, typed, true, refused));
    }
  }

  /**
   * @param imageId null if the image was never made
   */
  private TaskSummary fail(TaskRequest request, @Nullable UUID imageId, String message) {
    try {
      return registry.tasks(
          tasks ->
              tasks.failTask(
                  operation("fail", message, requireNonNullElse(canceller, request.by())),
                  request.taskId(),
                  imageId,
                  message));
    } catch (ApplicationFailure settledByAnother) {
      return lookAgain(request);
    }
  }

  private String explain(
      TaskRequest request, TypedTask typed, boolean started, RuntimeException failure) {
    if (Cancellation.isCauseOf(failure)) {
      return cancelled != null ? cancelled : "cancelled in Temporal at " + now();
    }
    String type = request.input().taskType().wireName();
    if (!started) {
      return "%s refused: %s".formatted(type, Failures.describe(failure));
    }
    String attempt = Failures.attempt(failure).map(n -> ", attempt " + n).orElse("");
    return "%s of image %s%s: %s"
        .formatted(type, typed.imageId(), attempt, Failures.describe(failure));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private void show(TaskSummary changed) {
    task = changed;
    TaskStatus status = changed.status();
    steps.begin("task is " + status);
    if (atOnce) {
      return;
    }
    Workflow.upsertTypedSearchAttributes(
        VitrineSearchAttributes.TASK_STATUS.valueSet(status.wireName()));
    if (changed.imageId() != null) {
      Workflow.upsertTypedSearchAttributes(
          VitrineSearchAttributes.IMAGE_ID.valueSet(changed.imageId().toString()));
    }
  }

  /** In one event, before it waits for something and at its end: in between nobody can look. */
  private void tellAttributes() {
    if (!atOnce || task == null) {
      return;
    }
    List<SearchAttributeUpdate<?>> updates = new ArrayList<>();
    updates.add(VitrineSearchAttributes.TASK_STATUS.valueSet(task.status().wireName()));
    if (task.imageId() != null) {
      updates.add(VitrineSearchAttributes.IMAGE_ID.valueSet(task.imageId().toString()));
    }
    Workflow.upsertTypedSearchAttributes(updates.toArray(SearchAttributeUpdate<?>[]::new));
  }
}
