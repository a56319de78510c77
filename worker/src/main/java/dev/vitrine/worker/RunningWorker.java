package dev.vitrine.worker;

import dev.vitrine.config.WebhookSettings;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.operations.Subject;
import dev.vitrine.operations.WebhookBacklog;
import dev.vitrine.registry.Deliveries.Progress;
import dev.vitrine.registry.InTransit;
import dev.vitrine.registry.Registry;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The worker of a process, from before it starts until the process ends. The registry is what
 * nothing can be answered without. Temporal and the stores are everybody's, and while one is away
 * there is still much to answer: were their absence a reason to send nothing here, nobody would get
 * any of it from any process.
 */
final class RunningWorker implements Subject {

  private static final long PATIENCE_MILLIS = 800;

  private final List<String> endpoints;
  private volatile @Nullable VitrineWorker worker;

  /** Of what was once an endpoint, and is none now, nothing is told. */
  RunningWorker(WebhookSettings webhooks) {
    this.endpoints = webhooks.endpoints().stream().map(WebhookSettings.Target::name).toList();
  }

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

  @Override
  public List<WebhookBacklog> webhooks() {
    return endpoints.isEmpty() ? List.of() : backlogs(worker().registry(), endpoints);
  }

  /** An endpoint that was not told anything yet is behind nothing. */
  static List<WebhookBacklog> backlogs(Registry registry, List<String> endpoints) {
    Map<String, Progress> known =
        registry.deliveries().all().stream()
            .collect(Collectors.toMap(Progress::endpoint, Function.identity()));
    long last = registry.events().last();
    return endpoints.stream()
        .map(
            name -> {
              Progress progress = known.getOrDefault(name, new Progress(name, last, 0, null, null));
              return new WebhookBacklog(
                  name,
                  Math.max(0, last - progress.told()),
                  progress.attempts(),
                  registry.deliveries().countDeadLetters(name));
            })
        .toList();
  }
}
