package dev.vitrine.workflow.webhook;

import dev.vitrine.activity.DeliveryPass;
import dev.vitrine.activity.WebhookActivities;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.Retries;
import dev.vitrine.workflow.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The delivery: pass after pass, each for some minutes. */
public final class WebhookDeliveryWorkflowImpl implements WebhookDeliveryWorkflow {

  /** An execution of some hours, whose history stays small. */
  private static final int PASSES = 50;

  /**
   * A pass ends by itself well before. Its worker says that it lives while it waits for events, and
   * if it is killed another one goes on half a minute later.
   */
  private static final ActivityOptions PASS =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofMinutes(20))
          .setHeartbeatTimeout(Duration.ofSeconds(30))
          .setRetryOptions(Retries.UNTIL_DONE)
          .build();

  @Override
  public void deliver(String endpoint) {
    WebhookActivities activities =
        Workflow.newActivityStub(
            WebhookActivities.class,
            ActivityOptions.newBuilder(PASS)
                .setTaskQueue(TaskQueues.ofThisWorkflow().webhooks())
                .setSummary("events for " + endpoint)
                .build());
    for (int pass = 0; pass < PASSES; pass++) {
      DeliveryPass done = activities.deliver(endpoint);
      Workflow.setCurrentDetails(
          done.failing() == null
              ? "- last pass: %d events delivered".formatted(done.delivered())
              : "- **the endpoint takes none: %s**".formatted(Markdown.code(done.failing())));
      if (!done.known()) {
        return;
      }
    }
    Workflow.newContinueAsNewStub(WebhookDeliveryWorkflow.class).deliver(endpoint);
  }
}
