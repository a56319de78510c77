package dev.vitrine.workflow.task;

import static dev.vitrine.workflow.RegistrySteps.operation;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.error.ErrorKind;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.task.TaskInput;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.Cancellation;
import dev.vitrine.workflow.CurrentDetails;
import dev.vitrine.workflow.Faults;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.TransferOptions;
import dev.vitrine.workflow.upload.DetachedRemoval;
import dev.vitrine.workflow.upload.UploadEndListener;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * An import into an image that there is: the image is given to it, data is brought into its stores,
 * and the image is active with those that have it; or everything is as it was.
 */
final class ImageImportTask implements TypedTask {

  private static final Logger log = Workflow.getLogger(ImageImportTask.class);

  private final RegistrySteps registry;
  private final TaskRequest request;
  private final TaskInput.ImageImport input;
  private final CurrentDetails steps;
  private final StoreCopies copies;
  private final Deque<String> waitingDeletions = new ArrayDeque<>();
  private @Nullable CancellationScope scope;
  private @Nullable Requester deletedBy;
  private boolean over;

  ImageImportTask(
      RegistrySteps registry,
      TaskRequest request,
      TaskInput.ImageImport input,
      CurrentDetails steps) {
    this.registry = registry;
    this.request = request;
    this.input = input;
    this.steps = steps;
    this.copies = new StoreCopies(request, steps);
  }

  @Override
  public UUID imageId() {
    return input.imageId();
  }

  @Override
  public void admit() {
    if (input.via().uri() != null) {
      try {
        Source.Url unused = url();
      } catch (VitrineException refused) {
        throw Failures.toTemporal(refused);
      }
    }
  }

  private Source.Url url() {
    return new Source.Url(String.valueOf(input.via().uri()), input.via().query());
  }

  @Override
  public Map<String, Object> run() {
    ImportPlan plan = begin();
    if (!plan.over()) {
      bring(plan);
      succeed(plan);
    }
    return result();
  }

  private ImportPlan begin() {
    ImportPlan plan =
        registry.imports(
            imports ->
                imports.beginImport(
                    operation("begin-import", "import by " + request.by().display(), request.by()),
                    request.taskId(),
                    imageId(),
                    ImportOrder.of(input),
                    request.by()));
    if (plan.succeeded() != null && !plan.succeeded()) {
      throw ApplicationFailure.newNonRetryableFailure(
          "its import is over, and has failed; import the image again",
          ErrorKind.CONFLICT.wireName());
    }
    if (input.via().name().makesActive() && !plan.over()) {
      steps.show(ImageStatus.IMPORTING);
    }
    return plan;
  }

  /** Until it is there, or it can't be, or the image is deleted. */
  private void bring(ImportPlan plan) {
    CancellationScope own =
        Workflow.newCancellationScope(
            () -> {
              Source source = source(plan);
              copies.bring(source, described(source, plan), input.importReq().mustSucceed());
            });
    scope = own;
    if (deletedBy != null) {
      own.cancel();
    }
    try {
      own.run();
    } catch (RuntimeException stopped) {
      Faults.rethrowIfForAnotherWorker(stopped);
      if (deletedBy != null) {
        throw ApplicationFailure.newNonRetryableFailure(
            "the image was deleted by " + deletedBy.display(), ErrorKind.CONFLICT.wireName());
      }
      if (!Cancellation.isCauseOf(stopped) && isDeleted()) {
        // A transfer may notice before its workflow is told.
        throw ApplicationFailure.newNonRetryableFailure(
            "the image was deleted meanwhile", ErrorKind.CONFLICT.wireName());
      }
      throw stopped;
    } finally {
      scope = null;
    }
  }

  private boolean isDeleted() {
    Requester self = Requester.admin(request.by().user(), request.by().project());
    return registry
        .images(images -> images.findImage(imageId(), self))
        .map(ImageSummary::status)
        .filter(status -> status != ImageStatus.DELETED && status != ImageStatus.PENDING_DELETE)
        .isEmpty();
  }

  private Source source(ImportPlan plan) {
    return switch (input.via().name()) {
      case GLANCE_DIRECT, COPY_IMAGE -> ofPlan(plan);
      case WEB_DOWNLOAD, LOCATION, LOCATION_DIGESTS -> url();
      case GLANCE_DOWNLOAD ->
          new Source.OfRegion(
              String.valueOf(input.via().glanceRegion()),
              UUID.fromString(String.valueOf(input.via().glanceImageId())),
              input.via().query());
    };
  }

  /** What comes from another Glance is described there. */
  private ImportPlan described(Source source, ImportPlan plan) {
    if (!(source instanceof Source.OfRegion remote)) {
      return plan;
    }
    steps.begin("ask what %s is".formatted(Markdown.code(remote.display())));
    ExpectedData expected =
        Workflow.newActivityStub(
                TransferActivities.class,
                TransferOptions.ask("what %s is".formatted(remote.display())))
            .describeFromRegion(request.taskId(), imageId(), remote);
    return new ImportPlan(plan.source(), plan.targets(), expected, plan.succeeded());
  }

  private Source ofPlan(ImportPlan plan) {
    Location from = plan.source();
    if (from == null) {
      throw new IllegalStateException("import without a source: " + plan);
    }
    return from.store().equals(Location.EXTERNAL)
        ? new Source.OfImage(imageId())
        : new Source.OfLocation(imageId(), from.id(), from.store());
  }

  private void succeed(ImportPlan plan) {
    steps.begin("record the data in " + Markdown.code(String.join(", ", copies.storedIn())));
    registry.imports(
        imports ->
            imports.succeedImport(
                operation("succeed-import", "data complete and verified", request.by()),
                request.taskId(),
                imageId(),
                copies.stored(),
                List.copyOf(copies.failed().keySet())));
    over = true;
    if (input.via().name().makesActive()) {
      steps.show(ImageStatus.ACTIVE);
    }
    Location staged = plan.source();
    boolean stagedElsewhere =
        staged != null
            && staged.status() == LocationStatus.PENDING
            && !plan.targets().contains(staged);
    if (stagedElsewhere || !copies.failed().isEmpty()) {
      remove(
          registry.images(images -> images.locations(imageId())).stream()
              .filter(each -> each.status() == LocationStatus.PENDING_DELETE)
              .toList());
    }
  }

  private Map<String, Object> result() {
    Map<String, Object> result = new TreeMap<>();
    result.put("image_id", imageId().toString());
    if (!copies.failed().isEmpty()) {
      result.put("stores", copies.storedIn());
      result.put("failed_stores", new TreeMap<>(copies.failed()));
    }
    return result;
  }

  /** Nobody waits for it: what can't be removed stays recorded. */
  private static void remove(List<Location> locations) {
    Workflow.newDetachedCancellationScope(() -> locations.forEach(DetachedRemoval::start)).run();
  }

  @Override
  public @Nullable Long moved() {
    return copies.moved();
  }

  @Override
  public @Nullable Integer attempts() {
    return copies.attempts();
  }

  @Override
  public void stopUpload(Requester by, String deletionWorkflowId) {
    deletedBy = by;
    waitingDeletions.add(deletionWorkflowId);
    if (scope != null) {
      scope.cancel();
    } else {
      tellDeletions();
    }
  }

  @Override
  public void compensate() {
    if (over) {
      return;
    }
    try {
      List<Location> left =
          new ArrayList<>(
              registry.imports(
                  imports ->
                      imports.failImport(
                          operation("fail-import", "its task did not succeed", request.by()),
                          request.taskId(),
                          imageId(),
                          List.copyOf(copies.failed().keySet()))));
      if (input.via().name().makesActive() && deletedBy == null) {
        steps.show(ImageStatus.QUEUED);
      }
      remove(left);
    } catch (TemporalFailure failure) {
      log.warn("image {} is left to reconciliation: {}", imageId(), Failures.describe(failure));
    }
    tellDeletions();
  }

  private void tellDeletions() {
    while (!waitingDeletions.isEmpty()) {
      String deletion = waitingDeletions.remove();
      try {
        Workflow.newExternalWorkflowStub(UploadEndListener.class, deletion).uploadEnded();
      } catch (SignalExternalWorkflowException | TemporalFailure gone) {
        log.info("deletion {} no longer waits: {}", deletion, gone.getMessage());
      }
    }
  }
}
