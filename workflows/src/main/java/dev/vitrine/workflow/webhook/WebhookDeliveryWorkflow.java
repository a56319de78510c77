package dev.vitrine.workflow.webhook;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The telling of one endpoint what changes, one execution for each, for ever. Its id is {@link
 * dev.vitrine.workflow.WorkflowIds#webhook}. How far it is stands in the registry, so that one that
 * was terminated, or whose namespace was lost, is just started again.
 */
@WorkflowInterface
public interface WebhookDeliveryWorkflow {

  /**
   * Tells it.
   *
   * @param endpoint its name in the settings; the execution ends once it is there no more
   */
  @WorkflowMethod(name = "WebhookDelivery")
  void deliver(String endpoint);
}
