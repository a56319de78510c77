package dev.vitrine.process;

import dev.vitrine.image.ImageSummary;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.deletion.ImageDeletionWorkflow;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Starts deletions, or joins those that run, by the update that says when the image is gone. */
record Deletions(WorkflowClient client, StartOptions starts, TemporalErrors errors) {

  /** Completes once the image is {@code deleted} or {@code pending_delete}. */
  CompletableFuture<DeletionHandle> start(DeletionRequest request) {
    var deletion =
        execution(
            request.imageId(),
            client.newWorkflowStub(ImageDeletionWorkflow.class, starts.deletion(request)));
    ImageDeletionWorkflow stub = deletion.stub();
    return UpdateAnswer.of(
        () ->
            WorkflowClient.startUpdateWithStart(
                stub::awaitDeleted,
                request.by(),
                UpdateAnswer.options(ImageSummary.class),
                new WithStartWorkflowOperation<>(stub::delete, request)),
        Deadlines.FOR_AN_ANSWER,
        execution(
            request.imageId(),
            client.newWorkflowStub(
                ImageDeletionWorkflow.class, WorkflowIds.deletion(request.imageId()))),
        image -> new DeletionHandle(image, deletion));
  }

  void startRemoval(DeletionRequest deleted) {
    var deletion =
        execution(
            deleted.imageId(),
            client.newWorkflowStub(ImageDeletionWorkflow.class, starts.deletion(deleted)));
    var unused =
        deletion.call(
            () ->
                Deadlines.within(
                    Deadlines.FOR_A_COURTESY,
                    () -> WorkflowClient.start(deletion.stub()::delete, deleted)));
  }

  private Execution<ImageDeletionWorkflow, DeletionResult> execution(
      UUID imageId, ImageDeletionWorkflow stub) {
    return new Execution<>(
        client, errors, stub, "deletion of image " + imageId, DeletionResult.class);
  }
}
