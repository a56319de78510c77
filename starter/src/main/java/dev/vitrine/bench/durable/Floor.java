package dev.vitrine.bench.durable;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.UUID;

/**
 * Workflows that do nothing, started eagerly: client and worker share this process and one {@link
 * WorkflowClient}.
 */
final class Floor implements AutoCloseable {

  private static final String TASK_QUEUE = "vitrine-bench-floor-" + UUID.randomUUID();

  private final WorkflowClient client;
  private final WorkerFactory factory;

  Floor(WorkflowClient client) {
    this.client = client;
    this.factory = WorkerFactory.newInstance(client);
    Worker worker = factory.newWorker(TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(FloorWorkflow.Impl.class);
    worker.registerActivitiesImplementations(new FloorWorkflow.StepsImpl());
    factory.start();
  }

  /** A workflow from its start to the answer. */
  MeasuredWork operation(String name, int regular, int local) {
    return new Run(name, regular, local, false);
  }

  /** The start alone, of a workflow that then goes on. */
  MeasuredWork start(String name) {
    return new Run(name, 0, 3, true);
  }

  private final class Run implements MeasuredWork {

    private final String name;
    private final int regular;
    private final int local;
    private final boolean startAlone;

    Run(String name, int regular, int local, boolean startAlone) {
      this.name = name;
      this.regular = regular;
      this.local = local;
      this.startAlone = startAlone;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Limit limit() {
      return Limit.NONE;
    }

    @Override
    public boolean clientsCount() {
      return true;
    }

    @Override
    public long call() {
      long began = System.nanoTime();
      FloorWorkflow workflow =
          client.newWorkflowStub(
              FloorWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setWorkflowId("bench-floor/" + UUID.randomUUID())
                  .setTaskQueue(TASK_QUEUE)
                  .setDisableEagerExecution(false)
                  .build());
      var unused = WorkflowClient.start(workflow::run, regular, local);
      long started = System.nanoTime();
      int done = WorkflowStub.fromTyped(workflow).getResult(Integer.class);
      if (done != regular + local) {
        throw new IllegalStateException("the floor ran %d activities".formatted(done));
      }
      return (startAlone ? started : System.nanoTime()) - began;
    }
  }

  @Override
  public void close() {
    factory.shutdownNow();
  }
}
