package dev.vitrine.workflow.registration;

import dev.vitrine.error.VitrineException;
import dev.vitrine.workflow.action.ImageActionWorkflowImpl;
import dev.vitrine.workflow.deletion.ImageDeletionWorkflowImpl;
import dev.vitrine.workflow.reader.RegistryReaderWorkflowImpl;
import dev.vitrine.workflow.reader.TaskLookupWorkflowImpl;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflowImpl;
import dev.vitrine.workflow.task.TaskWorkflowImpl;
import dev.vitrine.workflow.upload.DataRemovalWorkflowImpl;
import dev.vitrine.workflow.upload.ImageUploadWorkflowImpl;
import dev.vitrine.workflow.verification.ImageVerificationWorkflowImpl;
import dev.vitrine.workflow.verification.StoreSweepWorkflowImpl;
import dev.vitrine.workflow.webhook.WebhookDeliveryWorkflowImpl;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.converter.DataConverterException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Registers every workflow with a worker. */
public final class VitrineWorkflows {

  /**
   * An input that is wrong or can't be read ends the workflow as failed; by default it would be
   * tried again for ever.
   */
  public static final WorkflowImplementationOptions OPTIONS =
      WorkflowImplementationOptions.newBuilder()
          .setFailWorkflowExceptionTypes(VitrineException.class, DataConverterException.class)
          .build();

  /** The activity types that heartbeat while they move data. */
  private static final List<String> TRANSFERS =
      List.of("Transfer", "TransferToStores", "ExportImage");

  private static final Class<?>[] IMPLEMENTATIONS = {
    ImageUploadWorkflowImpl.class,
    ImageDeletionWorkflowImpl.class,
    DataRemovalWorkflowImpl.class,
    ImageActionWorkflowImpl.class,
    TaskWorkflowImpl.class,
    TaskLookupWorkflowImpl.class,
    RegistryReaderWorkflowImpl.class,
    ReconciliationWorkflowImpl.class,
    WebhookDeliveryWorkflowImpl.class,
    ImageVerificationWorkflowImpl.class,
    StoreSweepWorkflowImpl.class
  };

  private VitrineWorkflows() {}

  /** Makes the worker run every workflow of Vitrine. */
  public static void register(Worker worker) {
    worker.registerWorkflowImplementationTypes(OPTIONS, IMPLEMENTATIONS);
  }

  /**
   * The same with another patience for those who move data.
   *
   * @param heartbeatTimeout of every activity that moves data. It is no part of what is replayed:
   *     workers may differ, and what has begun keeps its own until the next attempt is scheduled
   */
  public static void register(Worker worker, Duration heartbeatTimeout) {
    ActivityOptions patience =
        ActivityOptions.newBuilder().setHeartbeatTimeout(heartbeatTimeout).build();
    worker.registerWorkflowImplementationTypes(
        OPTIONS.toBuilder()
            .setActivityOptions(
                TRANSFERS.stream().collect(Collectors.toMap(type -> type, type -> patience)))
            .build(),
        IMPLEMENTATIONS);
  }
}
