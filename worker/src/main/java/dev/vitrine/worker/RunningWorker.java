package dev.vitrine.worker;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.operations.Subject;
import dev.vitrine.registry.InTransit;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The worker of a process, from before it starts until the process ends. The registry is what
 * nothing can be answered without. Temporal and the stores are everybody's, and while one is away
 * there is still much to answer: were their absence a reason to send nothing here, nobody would get
 * any of it from any process.
 */
final class RunningWorker implements Subject {

  private static final long PATIENCE_MILLIS = 800;

  private volatile @Nullable VitrineWorker worker;

  /** It has started. */
  void started(VitrineWorker running) {
    worker = running;
  }

  @Override
  public boolean isReady() {
    VitrineWorker running = worker;
    return running != null && running.isReady();
  }

  private VitrineWorker worker() {
    VitrineWorker running = worker;
    if (running == null) {
      throw new Unavailable("the process is starting");
    }
    return running;
  }

  @Override
  public Map<String, Runnable> needs() {
    return Map.of(
        "registry",
        () -> {
          var unused = worker().registry().installations().get();
        });
  }

  @Override
  public Map<String, Runnable> uses() {
    Map<String, Runnable> uses = new LinkedHashMap<>();
    uses.put(
        "temporal",
        () -> {
          var unused =
              worker()
                  .client()
                  .getWorkflowServiceStubs()
                  .blockingStub()
                  .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                  .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
        });
    uses.put("stores", () -> worker().requireStores());
    return uses;
  }

  @Override
  public InTransit inTransit() {
    return worker().registry().backlog().count();
  }
}
