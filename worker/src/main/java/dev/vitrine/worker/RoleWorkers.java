package dev.vitrine.worker;

import dev.vitrine.config.Settings;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.registration.VitrineWorkflows;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.List;

/**
 * Starts the Temporal workers of the roles.
 *
 * @param served by each of them
 */
record RoleWorkers(
    WorkflowClient client,
    Settings settings,
    List<TaskQueues> served,
    ActivityObjects activities,
    Metering metering) {

  /** Workflows, and the activities that change the registry. */
  WorkerFactory workflows() {
    WorkerFactory factory = WorkerFactory.newInstance(client, WorkerTuning.factory(metering));
    Object[] implementations = activities.forWorkflows();
    for (TaskQueues queues : served) {
      Worker worker =
          factory.newWorker(
              queues.workflows(),
              WorkerTuning.workflows(
                  settings.registry().poolSize(), settings.worker().deployment()));
      VitrineWorkflows.register(worker, settings.transfer().heartbeatTimeout());
      worker.registerActivitiesImplementations(implementations);
    }
    return started(factory);
  }

  /** The telling of webhooks. */
  WorkerFactory webhooks() {
    WorkerFactory factory = WorkerFactory.newInstance(client, WorkerTuning.factory(metering));
    Object deliveries = activities.webhooks();
    for (TaskQueues queues : served) {
      factory
          .newWorker(
              queues.webhooks(), WorkerTuning.webhooks(settings.webhooks().endpoints().size()))
          .registerActivitiesImplementations(deliveries);
    }
    return started(factory);
  }

  /** The moving of data, and its removal. */
  WorkerFactory transfers() {
    WorkerFactory factory = WorkerFactory.newInstance(client, WorkerTuning.factory(metering));
    for (TaskQueues queues : served) {
      factory
          .newWorker(
              queues.transfers(),
              WorkerTuning.transfers(
                  settings.transfer().concurrentTransfers(),
                  settings.transfer().heartbeatInterval()))
          .registerActivitiesImplementations(activities.transfers());
      factory
          .newWorker(queues.removals(), WorkerTuning.removals())
          .registerActivitiesImplementations(activities.transfers());
      factory
          .newWorker(queues.verifications(), WorkerTuning.verifications())
          .registerActivitiesImplementations(activities.verifications());
    }
    return started(factory);
  }

  private static WorkerFactory started(WorkerFactory factory) {
    try {
      factory.start();
      return factory;
    } catch (RuntimeException | Error e) {
      factory.shutdownNow();
      throw e;
    }
  }
}
