package dev.vitrine.process;

import dev.vitrine.access.Requester;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.reader.RegistryReaderWorkflow;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateStage;
import java.util.UUID;
import java.util.function.Function;

/** Asks the one workflow that reads the registry, and starts it where it isn't there. */
record RegistryReads(WorkflowClient client, StartOptions starts, TemporalErrors errors) {

  /** How often a question is put again whose execution ended, to go on as a new one, under it. */
  private static final int TRIES = 3;

  TaskSummary findTask(UUID taskId, Requester by) {
    return ask(
        "look-up of task " + taskId,
        reader ->
            WorkflowClient.executeUpdateWithStart(
                reader::findTask,
                taskId,
                by,
                options(TaskSummary.class),
                new WithStartWorkflowOperation<>(reader::serve)));
  }

  ImageUploads uploads(UUID imageId) {
    return ask(
        "look-up of the uploads of image " + imageId,
        reader ->
            WorkflowClient.executeUpdateWithStart(
                reader::uploads,
                imageId,
                options(ImageUploads.class),
                new WithStartWorkflowOperation<>(reader::serve)));
  }

  private static <R> UpdateOptions<R> options(Class<R> result) {
    return UpdateOptions.<R>newBuilder()
        .setResultClass(result)
        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
        .build();
  }

  private <R> R ask(String what, Function<RegistryReaderWorkflow, R> question) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Deadlines.within(
            Deadlines.FOR_A_WORKER,
            () ->
                question.apply(
                    client.newWorkflowStub(RegistryReaderWorkflow.class, starts.reader())));
      } catch (WorkflowNotFoundException ended) {
        if (attempt == TRIES) {
          throw errors.translate(what, ended);
        }
      } catch (RuntimeException e) {
        throw errors.translate(what, e);
      }
    }
  }
}
