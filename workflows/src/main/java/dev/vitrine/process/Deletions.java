package dev.vitrine.process;

import dev.vitrine.error.Failures;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.deletion.ImageDeletionWorkflow;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts deletions, or joins those that run, by the update that says when the image is gone. */
record Deletions(WorkflowClient client, StartOptions starts, TemporalErrors errors) {

  /** Completes once the image is {@code deleted} or {@code pending_delete}. */
  CompletableFuture<DeletionHandle> start(DeletionRequest request) {
    var deletion =
        execution(
            request.imageId(),
            client.newWorkflowStub(ImageDeletionWorkflow.class, starts.deletion(request)));
    return deletion.answer(
        accept(deletion.stub(), request)
            // Asks Temporal again: not on the thread that brings its answers.
            .exceptionallyComposeAsync(error -> explain(Execution.cause(error), request.imageId()))
            .thenApply(image -> new DeletionHandle(image, deletion)));
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

  private static CompletableFuture<ImageSummary> accept(
      ImageDeletionWorkflow stub, DeletionRequest request) {
    try {
      return Deadlines.within(
              Deadlines.FOR_A_WORKER,
              () ->
                  WorkflowClient.startUpdateWithStart(
                      stub::awaitDeleted,
                      request.by(),
                      UpdateOptions.<ImageSummary>newBuilder()
                          .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                          .build(),
                      new WithStartWorkflowOperation<>(stub::delete, request)))
          .getResultAsync(Deadlines.FOR_AN_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Fails with the reason for a failure, which the workflow may know better than the update. */
  private CompletableFuture<ImageSummary> explain(Throwable error, UUID imageId) {
    // By its id: what was not heard to have started may have done so.
    var deletion =
        execution(
            imageId,
            client.newWorkflowStub(ImageDeletionWorkflow.class, WorkflowIds.deletion(imageId)));
    if (error instanceof WorkflowUpdateException || error instanceof WorkflowNotFoundException) {
      // A refused deletion ends as a failed workflow, which may be over before the update is.
      return Failures.fromTemporal(error).isPresent()
          ? CompletableFuture.failedFuture(error)
          : deletion.result().thenCompose(ended -> CompletableFuture.failedFuture(error));
    }
    return CompletableFuture.failedFuture(
        TemporalErrors.isLate(error) ? deletion.notSoon() : error);
  }

  private Execution<ImageDeletionWorkflow, DeletionResult> execution(
      UUID imageId, ImageDeletionWorkflow stub) {
    return new Execution<>(
        client, errors, stub, "deletion of image " + imageId, DeletionResult.class);
  }
}
