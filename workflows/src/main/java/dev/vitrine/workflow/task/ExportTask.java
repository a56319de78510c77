package dev.vitrine.workflow.task;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ExportRequest;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.Transferred;
import dev.vitrine.error.Failures;
import dev.vitrine.task.TaskInput;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.TransferOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** An export: writes an image's data to a destination. */
final class ExportTask implements TypedTask {

  private static final Logger log = Workflow.getLogger(ExportTask.class);

  private final RegistrySteps registry;
  private final TaskRequest request;
  private final TaskInput.Export input;
  private @Nullable Transferred moved;

  ExportTask(RegistrySteps registry, TaskRequest request, TaskInput.Export input) {
    this.registry = registry;
    this.request = request;
    this.input = input;
  }

  @Override
  public UUID imageId() {
    return input.imageId();
  }

  @Override
  public void admit() {
    registry.images(images -> images.requireData(input.imageId(), request.by(), "export"));
  }

  @Override
  public Map<String, Object> run() {
    Transferred data =
        Workflow.newActivityStub(
                TransferActivities.class,
                TransferOptions.transfer(
                    "image %s to %s".formatted(input.imageId(), input.destination())))
            .exportImage(
                new ExportRequest(
                    request.taskId(), input.imageId(), input.destination(), request.by()));
    moved = data;
    return Map.of(
        "image_id", input.imageId().toString(),
        "destination", input.destination(),
        "size", data.size(),
        "checksum", data.checksum());
  }

  /** It has none. */
  @Override
  public void stopUpload(Requester by, String deletionWorkflowId) {}

  @Override
  public @Nullable Long moved() {
    return moved == null ? null : moved.size();
  }

  @Override
  public @Nullable Integer attempts() {
    return moved == null ? null : moved.attempts();
  }

  @Override
  public void compensate() {
    try {
      Workflow.newActivityStub(
              TransferActivities.class, TransferOptions.discard("partial data of the export"))
          .discardExport(request.taskId(), input.destination());
    } catch (TemporalFailure failure) {
      log.warn("partial data at {} is left: {}", input.destination(), Failures.describe(failure));
    }
  }
}
