package dev.vitrine.worker;

import dev.vitrine.config.WebhookSettings;
import dev.vitrine.error.VitrineException;
import dev.vitrine.registry.Deliveries;
import dev.vitrine.thread.DaemonThreads;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.webhook.WebhookDeliveryWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every endpoint's delivery runs, also after somebody terminated it or its
 * namespace was lost. Any number of processes may do this at once: there is one by its id.
 */
final class WebhookStarter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebhookStarter.class);

  private final WorkflowClient client;
  private final Deliveries deliveries;
  private final InstallationId installation;
  private final List<WebhookSettings.Target> endpoints;
  private final Duration interval;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("vitrine-webhooks"));

  /**
   * @param interval after which it looks again
   */
  WebhookStarter(
      WorkflowClient client,
      Deliveries deliveries,
      InstallationId installation,
      List<WebhookSettings.Target> endpoints,
      Duration interval) {
    this.client = client;
    this.deliveries = deliveries;
    this.installation = installation;
    this.endpoints = endpoints;
    this.interval = interval;
  }

  /**
   * Says that these endpoints are listed. To be called before anything here removes what nobody
   * tells, as all processes may have been away for longer than that is kept.
   */
  void keepPlaces() {
    deliveries.keepPlaces(endpoints.stream().map(WebhookSettings.Target::name).toList());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The task reports its own errors.
  void start() {
    clock.scheduleWithFixedDelay(this::ensure, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ensure() {
    try {
      keepPlaces();
    } catch (VitrineException e) {
      log.warn("the places of webhooks can't be kept, which is tried again in {}", interval, e);
    }
    for (WebhookSettings.Target endpoint : endpoints) {
      try {
        ensure(endpoint.name());
      } catch (RuntimeException e) {
        log.warn(
            "the delivery to webhook {} can't be started, and is tried again in {}: {}",
            endpoint.name(),
            interval,
            e,
            e);
      }
    }
  }

  private void ensure(String endpoint) {
    WebhookDeliveryWorkflow delivery =
        client.newWorkflowStub(
            WebhookDeliveryWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.webhook(installation, endpoint))
                .setTaskQueue(TaskQueues.of(installation).workflows())
                .setStaticSummary("tells webhook %s what changes".formatted(endpoint))
                .build());
    try {
      WorkflowClient.start(delivery::deliver, endpoint);
    } catch (WorkflowExecutionAlreadyStarted running) {
      // By this process or another.
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
