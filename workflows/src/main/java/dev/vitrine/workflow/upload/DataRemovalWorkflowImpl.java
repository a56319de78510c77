package dev.vitrine.workflow.upload;

import dev.vitrine.activity.TransferActivities;
import dev.vitrine.workflow.TransferOptions;
import io.temporal.workflow.Workflow;

/** The removal: one step, tried again until the store answers. */
public final class DataRemovalWorkflowImpl implements DataRemovalWorkflow {

  @Override
  public void remove(DataRemovalRequest request) {
    String what = "data of image %s in store %s".formatted(request.imageId(), request.store());
    Workflow.setCurrentDetails(
        "- **now: remove the %s (if it hangs: pending activity, last failure)**".formatted(what));
    Workflow.newActivityStub(TransferActivities.class, TransferOptions.removeLeftover(what))
        .removeLocation(request.imageId(), request.locationId());
    Workflow.setCurrentDetails("- done: the %s is removed".formatted(what));
  }
}
